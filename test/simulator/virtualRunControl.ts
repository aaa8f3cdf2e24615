import { setMaxListeners } from 'node:events';
import { type Failure, failureOf } from '../../src/core/failure.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { dominantReason } from '../../src/core/exitCode.js';
import type { RunControl } from '../../src/core/runControl.js';
import type { VirtualClock } from '../support/virtualClock.js';

export interface VirtualRunControl extends RunControl {
  limitTo(timeoutMs: number): void;
  interrupt(failure: Failure): void;
  abandon(failure: Failure): void;
  end(): void;
}

/** How long work that must not be cut off may go on when a run has to end, as in the program. */
export const drainMs = 20_000;

/** The life of a run with the rules of the real one, which measures real time, on virtual time. */
export function startVirtualRun(clock: VirtualClock): VirtualRunControl {
  const failures: Failure[] = [];
  const stopping = new AbortController();
  const cut = new AbortController();
  // Each request in flight listens to them, and there may be more than the ten that Node expects.
  setMaxListeners(0, stopping.signal, cut.signal);
  const cancellations: (() => void)[] = [];
  let draining = 0;
  let drainEnds = false;

  const stop = (failure: Failure): void => {
    failures.push(failure);
    stopping.abort(failure);
  };
  const interrupt = (failure: Failure): void => {
    stop(failure);
    if (draining === 0) {
      cut.abort(failure);
    } else if (!drainEnds) {
      drainEnds = true;
      cancellations.push(clock.schedule(drainMs, () => cut.abort(failure)));
    }
  };

  return {
    stopping: stopping.signal,
    cut: cut.signal,
    failure: () => dominantFailure(failures),
    stop,
    interrupt,
    abandon: (failure) => {
      stop(failure);
      cut.abort(failure);
    },
    limitTo: (timeoutMs) => {
      const failure = failureOf('deadline_reached', { detail: `${timeoutMs} ms` });
      cancellations.push(clock.schedule(timeoutMs, () => interrupt(failure)));
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
      for (const cancel of cancellations) cancel();
    },
  };
}

function dominantFailure(failures: readonly Failure[]): Failure | null {
  const reasonOf = ({ code }: Failure) => errorCatalogue[code].exitReason;
  const dominant = dominantReason(failures.map(reasonOf));
  return failures.find((failure) => reasonOf(failure) === dominant) ?? null;
}
