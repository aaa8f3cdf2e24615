import { nameOrId } from '../core/instance.js';
import type { Progress, ProgressState } from '../commands/progress.js';
import type { Clock } from '../core/clock.js';
import type { Outcome } from '../core/outcome.js';
import { elapsedTime } from '../core/duration.js';
import { renderProgressFrame } from '../report/progressFrame.js';
import type { Paint } from '../report/style.js';
import type { Repeat } from '../runtime/repeat.js';
import type { TerminalFrame } from '../runtime/terminalFrame.js';
import type { Output, System } from './system.js';

/** How often the terminal is drawn anew, in ms. */
const drawEveryMs = 125;

export interface LiveProgressOptions {
  readonly output: Pick<Output, 'width' | 'height'>;
  readonly frame: Pick<TerminalFrame, 'draw' | 'clear'>;
  readonly paint: Paint;
  readonly clock: Pick<Clock, 'now'>;
  readonly repeat: Repeat;
  readonly onStop: System['onStop'];
}

interface InstanceInFlight {
  readonly name: string;
  readonly sinceMs: number;
  readonly state: ProgressState;
  /** When the state began, in unix ms. */
  readonly stateSinceMs: number;
}

/** Shows at a terminal how a run goes on, in place. */
export function createLiveProgress(options: LiveProgressOptions): Progress {
  const { output, frame, paint, clock, repeat, onStop } = options;
  const inFlight = new Map<string, InstanceInFlight>();
  const ended = new Map<Outcome | 'skipped', number>();
  let total = 0;
  let startedAtMs = 0;
  let isStopping = false;
  let stopDrawing: (() => void) | null = null;

  const draw = (): void => {
    const nowMs = clock.now();
    const view = {
      total,
      ended,
      elapsedMs: nowMs - startedAtMs,
      stopping: isStopping,
      inFlight: [...inFlight.values()].map(({ name, sinceMs, state, stateSinceMs }) => ({
        name,
        doing: wordsOf(state, nowMs - stateSinceMs),
        elapsedMs: nowMs - sinceMs,
      })),
    };
    frame.draw(renderProgressFrame(view, { width: output.width, height: output.height, paint }));
  };

  const startDrawing = (): (() => void) => {
    const stopRepeating = repeat(drawEveryMs, draw);
    const forgetStops = onStop({ stopping: () => frame.clear(), continued: draw });
    return () => {
      stopRepeating();
      forgetStops();
    };
  };

  return {
    started: (count) => {
      total = count;
      inFlight.clear();
      ended.clear();
      startedAtMs = clock.now();
      if (count === 0) return;
      // Whoever stops the program as soon as something is drawn has to get the cursor back.
      stopDrawing ??= startDrawing();
      draw();
    },
    changed: (instance, state) => {
      const { id } = instance;
      const nowMs = clock.now();
      const sinceMs = inFlight.get(id)?.sinceMs ?? nowMs;
      inFlight.set(id, { name: nameOrId(instance), sinceMs, state, stateSinceMs: nowMs });
    },
    ended: (id, outcome) => {
      inFlight.delete(id);
      ended.set(outcome, (ended.get(outcome) ?? 0) + 1);
    },
    stopping: () => {
      isStopping = true;
      if (stopDrawing !== null) draw();
    },
    finished: () => {
      stopDrawing?.();
      stopDrawing = null;
      frame.clear();
    },
  };
}

function wordsOf(state: ProgressState, inStateMs: number): string {
  switch (state.kind) {
    case 'looking':
      return 'looking again';
    case 'sending':
      return state.attempt === 1 ? 'sending' : `sending again (${state.attempt})`;
    case 'following':
      return state.jobState === null ? 'accepted' : `migrating: ${state.jobState}`;
    case 'settling':
      return 'no clear answer: looking';
    case 'waiting_to_send_again':
      return `sending again in ${elapsedTime(Math.max(0, state.delayMs - inStateMs) + 999)}`;
  }
}
