import { setMaxListeners } from 'node:events';
import { errorCatalogue } from '../core/errorCatalogue.js';
import { dominantReason } from '../core/exitCode.js';
import { type Failure, failureOf } from '../core/failure.js';
import type { RunControl } from '../core/runControl.js';

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
 * @param drainMs - how long work that must not be cut off may go on when the run has to end, in ms
 */
export function startRunLifetime(drainMs: number): RunLifetime {
  const failures: Failure[] = [];
  const stopping = new AbortController();
  const cut = new AbortController();
  // Each wait and each request in flight listens to them, and there may be many.
  setMaxListeners(0, stopping.signal, cut.signal);
  let draining = 0;
  let drainTimer: NodeJS.Timeout | undefined;
  let deadlineTimer: NodeJS.Timeout | undefined;

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
    else drainTimer ??= setTimeout(() => cut.abort(failure), drainMs);
  };

  return {
    stopping: stopping.signal,
    cut: cut.signal,
    failure: () => dominantFailure(failures),
    stop,
    abandon,
    interrupt,
    limitTo: (timeoutMs) => {
      const failure = failureOf('deadline_reached', { detail: `${timeoutMs} ms` });
      deadlineTimer = setTimeout(() => interrupt(failure), timeoutMs);
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
      clearTimeout(deadlineTimer);
      clearTimeout(drainTimer);
    },
  };
}

/** Of several failures, the one that decides the exit code. */
function dominantFailure(failures: readonly Failure[]): Failure | null {
  const reasonOf = ({ code }: Failure) => errorCatalogue[code].exitReason;
  const dominant = dominantReason(failures.map(reasonOf));
  return failures.find((failure) => reasonOf(failure) === dominant) ?? null;
}
