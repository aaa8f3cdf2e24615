import stringWidth from 'string-width';
import type { Outcome } from '../core/outcome.js';
import { elapsedTime } from '../core/duration.js';
import { shorten } from './shorten.js';
import type { Paint } from './style.js';

/** An instance that something is being done about. */
export interface InFlight {
  readonly name: string;
  /** What is being done, in a few words. */
  readonly doing: string;
  /** How long it has been in flight, in ms. */
  readonly elapsedMs: number;
}

export interface ProgressView {
  readonly total: number;
  /** How many have ended with each outcome. */
  readonly ended: ReadonlyMap<Outcome | 'skipped', number>;
  readonly inFlight: readonly InFlight[];
  readonly elapsedMs: number;
  /** True when nothing new is started any more. */
  readonly stopping: boolean;
}

export interface FrameOptions {
  /** Columns of the terminal. */
  readonly width: number;
  /** Lines of the terminal. */
  readonly height: number;
  readonly paint: Paint;
}

const gap = '  ';
const longestName = 32;
const longestBar = 24;
/** Of the lines of a terminal, what is left to the log. */
const linesOfOthers = 4;

/**
 * One moment of a run: a line for each instance in flight, as far as there is room, and a bar over all. No line is as
 * wide as the terminal, so that none is wrapped, and there are never as many lines as it has.
 */
export function renderProgressFrame(
  view: ProgressView,
  { width, height, paint }: FrameOptions,
): readonly string[] {
  const room = Math.max(1, width - 1);
  const linesForInstances = Math.max(0, height - linesOfOthers - 1);
  const { inFlight } = view;
  const isCut = inFlight.length > linesForInstances;
  const shown = isCut ? inFlight.slice(0, Math.max(0, linesForInstances - 1)) : inFlight;
  const left = inFlight.length - shown.length;
  return [
    ...linesOf(shown, room),
    ...(isCut && linesForInstances > 0 ? [shorten(`and ${left} more in flight`, room, 'end')] : []),
    lineOfAll(view, room, paint),
  ];
}

function linesOf(shown: readonly InFlight[], room: number): readonly string[] {
  const rows = shown.map(({ name, doing, elapsedMs }) => ({
    name,
    doing,
    elapsed: elapsedTime(elapsedMs),
  }));
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => stringWidth(text)));
  const doingWidth = widest(rows.map(({ doing }) => doing));
  const elapsedWidth = widest(rows.map(({ elapsed }) => elapsed));
  const others = doingWidth + elapsedWidth + 2 * gap.length;
  const nameWidth = Math.min(widest(rows.map(({ name }) => name)), longestName, Math.max(8, room - others));
  return rows.map(({ name, doing, elapsed }) => {
    const cells = [
      padEnd(shorten(name, nameWidth, 'middle'), nameWidth),
      padEnd(doing, doingWidth),
      elapsed.padStart(elapsedWidth),
    ];
    return shorten(cells.join(gap), room, 'end');
  });
}

/** How far it is, then how it went so far; what has no room is left out, the outcomes first and then the bar. */
function lineOfAll(
  { total, ended, elapsedMs, stopping, inFlight }: ProgressView,
  room: number,
  paint: Paint,
): string {
  const done = [...ended.values()].reduce((sum, count) => sum + count, 0);
  const count = `${done}/${total}`;
  const elapsed = elapsedTime(elapsedMs);
  const outcomes = [...ended].map(([outcome, times]) => `${times} ${outcome}`).join(', ');
  const note = stopping ? `stopping, ${inFlight.length} in flight` : outcomes;
  const withNote = [count, elapsed, note].filter((part) => part !== '').join(gap);
  const plain = stringWidth(withNote) <= room || stopping ? withNote : [count, elapsed].join(gap);
  const barRoom = Math.min(longestBar, room - stringWidth(plain) - gap.length);
  const text = shorten(plain, room, 'end');
  if (barRoom < 6) return text;
  const filled = total === 0 ? barRoom : Math.floor((Math.min(done, total) / total) * barRoom);
  const bar = `${paint('green', '█'.repeat(filled))}${'░'.repeat(barRoom - filled)}`;
  return text.replace(gap, () => `${gap}${bar}${gap}`);
}

function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
