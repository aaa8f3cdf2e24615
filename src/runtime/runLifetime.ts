import { setMaxListeners } from 'node:events';
import { errorCatalogue } from '../core/errorCatalogue.js';
import { dominantReason } from '../core/exitCode.js';
import { type Failure, failureOf } from '../core/failure.js';
import type { RunControl } from '../core/runControl.js';
import { systemClock } from './systemClock.js';

/** How long migrate requests in flight may go on when a run has to end, in ms. */
export const drainMs = 20_000;

/** Does something later, in ms from now; the returned function calls it off. */
export type Schedule = (ms: number, action: () => void) => () => void;

const scheduleInRealTime: Schedule = (ms, action) => {
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
};

export interface RunLifetime extends RunControl {
  /** Ends the run early once this time has passed, in ms from now. */
  limitTo(timeoutMs: number): void;
  /** Stops the run, and gives up its requests as soon as nothing is left that must be drained. */
  interrupt(failure: Failure): void;
  /** Stops the run and gives up its requests at once. */
  abandon(failure: Failure): void;
  /** Must be called when the run is over, or its timers keep the process alive. */
  end(): void;
}

/**
 * Starts the life of a run, which ends early by a deadline, by a signal or by a failure that stops it.
 *
 * @param graceMs - how long work that must not be cut off may go on when the run has to end, in ms
 * @param now - unix ms
 */
export function startRunLifetime(
  graceMs: number,
  schedule: Schedule = scheduleInRealTime,
  now: () => number = () => systemClock.now(),
): RunLifetime {
  let endsAtMs = Infinity;
  const failures: Failure[] = [];
  const stopping = new AbortController();
  const cut = new AbortController();
  // Each wait and each request in flight listens to them, and there may be many.
  setMaxListeners(0, stopping.signal, cut.signal);
  let draining = 0;
  let cancelCut: (() => void) | undefined;
  let cancelDeadline: (() => void) | undefined;

  const stop = (failure: Failure): void => {
    failures.push(failure);
    stopping.abort(failure);
  };
  const abandon = (failure: Failure): void => {
    stop(failure);
    cut.abort(failure);
  };
  const interrupt = (failure: Failure): void => {
    stop(failure);
    if (draining === 0) cut.abort(failure);
    else cancelCut ??= schedule(graceMs, () => cut.abort(failure));
  };

  return {
    stopping: stopping.signal,
    cut: cut.signal,
    failure: () => dominantFailure(failures),
    remainingMs: () => Math.max(0, endsAtMs - now()),
    stop,
    abandon,
    interrupt,
    limitTo: (timeoutMs) => {
      const failure = failureOf('deadline_reached', { detail: `${timeoutMs} ms` });
      endsAtMs = now() + timeoutMs;
      cancelDeadline = schedule(timeoutMs, () => interrupt(failure));
    },
    drain: async (work) => {
      draining += 1;
      try {
        return await work();
      } finally {
        draining -= 1;
      }
    },
    end: () => {
      cancelDeadline?.();
      cancelCut?.();
    },
  };
}

/** Of several failures, the one that decides the exit code. */
function dominantFailure(failures: readonly Failure[]): Failure | null {
  const reasonOf = ({ code }: Failure) => errorCatalogue[code].exitReason;
  const dominant = dominantReason(failures.map(reasonOf));
  return failures.find((failure) => reasonOf(failure) === dominant) ?? null;
}
