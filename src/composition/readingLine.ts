import type { Clock } from '../core/clock.js';
import { elapsedTime } from '../core/duration.js';
import type { Repeat } from '../runtime/repeat.js';
import type { TerminalFrame } from '../runtime/terminalFrame.js';
import type { System } from './system.js';

/** How often the line is drawn anew, in ms. */
const drawEveryMs = 250;

/** What comes sooner is not worth a line that flickers, in ms. */
const patienceMs = 500;

export interface ReadingLineOptions {
  readonly frame: Pick<TerminalFrame, 'draw' | 'clear'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly repeat: Repeat;
  readonly onStop: System['onStop'];
}

/**
 * Says at a terminal that the instances are being read, when that takes more than a moment: a terminal on which nothing
 * happens looks as if the program hung.
 *
 * @returns takes the line away; more calls do nothing
 */
export function showReadingLine({ frame, clock, repeat, onStop }: ReadingLineOptions): () => void {
  const startedAtMs = clock.now();
  const draw = (): void => {
    const elapsedMs = clock.now() - startedAtMs;
    if (elapsedMs >= patienceMs) frame.draw([`Reading instances  ${elapsedTime(elapsedMs)}`]);
  };
  const stopRepeating = repeat(drawEveryMs, draw);
  const forgetStops = onStop({ stopping: () => frame.clear(), continued: draw });
  let isShown = true;
  return () => {
    if (!isShown) return;
    isShown = false;
    stopRepeating();
    forgetStops();
    frame.clear();
  };
}
