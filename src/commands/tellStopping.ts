import type { ErrorCode } from '../core/errorCatalogue.js';
import type { Log } from '../core/log.js';
import type { RunControl } from '../core/runControl.js';
import type { Progress } from './progress.js';

export interface TellStoppingInput {
  readonly control: RunControl;
  readonly progress: Progress;
  readonly log: Log;
  /** How many instances have a request under way. */
  readonly inFlight: () => number;
}

/** What a person can do who does not want to wait; only a signal may be followed by another. */
const wayOut: Readonly<Partial<Record<ErrorCode, string>>> = {
  interrupted: '; Ctrl-C again to leave at once',
  terminated: '; a second signal ends it at once',
};

/**
 * Tells, once, that the run is stopping and what it waits for.
 *
 * @returns calls it off
 */
export function tellStopping({ control, progress, log, inFlight }: TellStoppingInput): () => void {
  const tell = (): void => {
    progress.stopping();
    const count = inFlight();
    const failure = control.failure();
    if (count === 0 || failure === null) return;
    const requests = count === 1 ? '1 request' : `${count} requests`;
    log.warn('stopping', `Stopping: waiting for ${requests} in flight${wayOut[failure.code] ?? ''}`, {
      inFlight: count,
      error: failure.code,
    });
  };
  control.stopping.addEventListener('abort', tell, { once: true });
  return () => control.stopping.removeEventListener('abort', tell);
}
