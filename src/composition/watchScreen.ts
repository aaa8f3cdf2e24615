import type { Invocation } from '../cli/invocation.js';
import type { Clock } from '../core/clock.js';
import type { Report } from '../core/report.js';
import type { WatchedList } from '../core/watchedLists.js';
import { listLines } from '../report/listScreen.js';
import { renderWatchFrame } from '../report/watchFrame.js';
import { openFullScreen } from '../runtime/fullScreen.js';
import type { Repeat } from '../runtime/repeat.js';
import type { Scrub } from '../runtime/secrets.js';
import { listOptions, paintFor, shownReport } from './presenter.js';
import type { System } from './system.js';

/** How often it is seen whether something on the screen has changed, such as a relative time or its size, in ms. */
const drawEveryMs = 1_000;

export interface WatchScreenOptions {
  readonly invocation: Invocation;
  readonly system: System;
  readonly everySeconds: number;
  readonly clock: Pick<Clock, 'now'>;
  readonly repeat: Repeat;
}

export interface WatchScreen {
  /** @param scrub - takes secrets out of what is shown */
  show(lists: readonly WatchedList[], scrub: Scrub): void;
  /** Gives the terminal back. What was shown last stays on it, unless that is not wanted. */
  close(keep: boolean): void;
}

/** Shows watched lists at a terminal, in place. Nothing is written while nothing changes: it can be marked and copied. */
export function openWatchScreen(options: WatchScreenOptions): WatchScreen {
  const { system, repeat } = options;
  const { stdout } = system;
  const screen = openFullScreen((text) => stdout.write(text));
  let lists: readonly WatchedList[] = [];
  /** What is shown of each report, which is worked out once. */
  let views: ReadonlyMap<Report, Report> = new Map();
  let scrub: Scrub = (text) => text;
  let drawn = '';

  const frameNow = (isEnded: boolean): readonly string[] =>
    scrub(frameOf(lists, views, isEnded, options).join('\n')).split('\n');
  const draw = (): void => {
    const lines = frameNow(false);
    const state = [stdout.width, stdout.height, ...lines].join('\n');
    if (state !== drawn) screen.draw(lines);
    drawn = state;
  };
  // Before anything is drawn: whoever stops the program then has to get the terminal back.
  const forgetStops = system.onStop({
    stopping: () => screen.suspend(),
    continued: () => {
      drawn = '';
      draw();
    },
  });
  draw();
  const stopDrawing = repeat(drawEveryMs, draw);
  return {
    show: (newLists, newScrub) => {
      lists = newLists;
      views = viewsOf(newLists, options.invocation);
      scrub = newScrub;
      draw();
    },
    close: (keep) => {
      stopDrawing();
      forgetStops();
      screen.close();
      if (keep) stdout.write(`${frameNow(true).join('\n')}\n`);
    },
  };
}

function viewsOf(lists: readonly WatchedList[], invocation: Invocation): ReadonlyMap<Report, Report> {
  return new Map(
    lists.flatMap(({ shown }) => (shown === null ? [] : [[shown, shownReport(shown, invocation)] as const])),
  );
}

function frameOf(
  lists: readonly WatchedList[],
  views: ReadonlyMap<Report, Report>,
  isEnded: boolean,
  { invocation, system, everySeconds, clock }: WatchScreenOptions,
): readonly string[] {
  const { stdout } = system;
  const nowMs = clock.now();
  // A terminal may begin a new line, or move all lines up, as soon as its last place is taken.
  const width = Math.max(1, stdout.width - 1);
  const height = Math.max(1, stdout.height - 1);
  return renderWatchFrame(lists, {
    width,
    height,
    everySeconds: isEnded ? null : everySeconds,
    paint: paintFor(stdout, invocation, system),
    linesOf: (report) =>
      listLines(views.get(report) ?? report, {
        ...listOptions(report, invocation, system, nowMs),
        width,
        withHint: false,
        mostRows: height,
      }),
  });
}
