import type { Report } from '../core/report.js';
import { safeText } from '../core/safeText.js';
import type { WatchedList } from '../core/watchedLists.js';
import type { ListLines } from './listScreen.js';
import type { Paint } from './style.js';
import { wrapText } from './wrap.js';

export interface WatchFrameOptions {
  /** Columns and lines that there is room for. */
  readonly width: number;
  readonly height: number;
  readonly paint: Paint;
  /** How long it is between two looks; null once there are no more. */
  readonly everySeconds: number | null;
  /** The list of a report, no wider than that. */
  readonly linesOf: (report: Report) => ListLines;
}

/**
 * What `list --watch` shows: when it was read and what went wrong, the lists, and their footers. The lists are cut to
 * what there is room for.
 */
export function renderWatchFrame(
  lists: readonly WatchedList[],
  options: WatchFrameOptions,
): readonly string[] {
  const { width, height } = options;
  const [only] = lists;
  const heading = headingOf(lists, options);
  if (only === undefined) return heading.slice(0, height);
  const blocks = lists.map((list) => blockOf(list, lists.length > 1, options));
  if (blocks.length === 1) return fitHeight([...heading, ...(blocks[0]?.above ?? [])], blocks[0], options);
  const table = blocks.flatMap(({ above, table: rows, left, below }) => [
    '',
    ...above,
    ...rows,
    ...(left > 0 ? [moreLine(left, width)] : []),
    ...below,
  ]);
  return fitHeight(heading, { table, left: 0, below: [] }, options);
}

interface Block extends ListLines {
  readonly above: readonly string[];
}

function headingOf(
  lists: readonly WatchedList[],
  { width, everySeconds, paint }: WatchFrameOptions,
): readonly string[] {
  const times = lists.flatMap(({ shown }) => (shown === null ? [] : [shown.finishedAt]));
  const latest = times.reduce((one, other) => (other > one ? other : one), '');
  const hasProblem = lists.some(({ problem }) => problem !== null);
  const read = latest !== '' ? `read at ${timeOfDay(latest)}` : hasProblem ? 'not read yet' : 'reading';
  const failed = lists.filter(({ problem }) => problem !== null).length;
  const state =
    lists.length > 1 && failed > 0 ? `${read}, ${failed} of ${lists.length} accounts could not be` : read;
  const text =
    everySeconds === null
      ? `novita-spot list: ${state}.`
      : `novita-spot list, every ${everySeconds} s: ${state}. Ctrl-C ends it.`;
  return wrapText(text, width).map((line) => paint('dim', line));
}

function blockOf(
  { account, shown, problem }: WatchedList,
  isNamed: boolean,
  { width, paint, linesOf }: WatchFrameOptions,
): Block {
  const wrap = (text: string): readonly string[] => wrapText(safeText(text), width);
  const title = isNamed ? wrap(`Account ${account ?? ''}`).map((line) => paint('bold', line)) : [];
  const since = shown === null ? '' : ` What is shown is of ${timeOfDay(shown.finishedAt)}.`;
  const failed =
    problem === null
      ? []
      : wrap(`Not read at ${timeOfDay(problem.at)}: ${oneLine(problem.error.message)}.${since}`);
  const warnings = firstOf(shown?.warnings ?? []).flatMap((warning) => wrap(oneLine(warning)));
  return {
    above: [
      ...title,
      ...failed.map((line) => paint('red', line)),
      ...warnings.map((line) => paint('yellow', line)),
    ],
    ...(shown === null ? nothing : linesOf(shown)),
  };
}

/** Cuts the table first, then what stands below it, then the rest. */
function fitHeight(
  above: readonly string[],
  { table, left, below }: ListLines = nothing,
  { width, height }: Pick<WatchFrameOptions, 'width' | 'height'>,
): readonly string[] {
  const ending = below.length === 0 || table.length === 0 ? below : ['', ...below];
  const room = height - above.length - ending.length;
  if (left === 0 && table.length <= Math.max(0, room))
    return [...above, ...table, ...ending].slice(0, height);
  if (room < fewestTableLines && ending.length > 0) {
    return fitHeight(above, { table, left, below: below.slice(0, -1) }, { width, height });
  }
  const kept = table.slice(0, Math.max(0, room - 1));
  const more = moreLine(left + table.length - Math.max(1, kept.length), width);
  return [...above, ...kept, more, ...ending].slice(0, height);
}

const nothing: ListLines = { table: [], left: 0, below: [] };

function moreLine(count: number, width: number): string {
  return `... and ${count} more`.slice(0, width);
}

function firstOf(warnings: readonly string[]): readonly string[] {
  const left = warnings.length - mostWarnings;
  return left > 0 ? [...warnings.slice(0, mostWarnings), `and ${left} more warnings`] : warnings;
}

const mostWarnings = 2;

/** Headings, an instance, and how many more there are. */
const fewestTableLines = 3;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** @param time - ISO 8601, UTC */
function timeOfDay(time: string): string {
  return `${time.slice(11, 19)} UTC`;
}
