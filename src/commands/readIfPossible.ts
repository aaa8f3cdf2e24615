import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import type { LogEvent } from '../core/logEvents.js';
import { ProviderError } from '../core/providerError.js';
import type { RunControl } from '../core/runControl.js';
import { withinTime } from './timeLimit.js';

/** How long a run waits for what it can do without, in ms. */
const limitMs = 5_000;

export interface ReadIfPossibleInput {
  readonly clock: Clock;
  readonly log: Log;
  readonly control: RunControl;
}

/**
 * Reads what is good to know and no more, so that no failure of the API stops the run.
 *
 * @param read - asks the provider, in one attempt; rejects with ProviderError
 * @param absent - what the log says when it cannot be had: the event, and what could not be read
 * @returns null when it cannot be had
 */
export async function readIfPossible<Value>(
  read: (signal: AbortSignal) => Promise<Value>,
  absent: { readonly event: LogEvent; readonly what: string },
  { clock, log, control }: ReadIfPossibleInput,
): Promise<Value | null> {
  try {
    return await withinTime(clock, limitMs, control.stopping, read);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { message, code } = error.failure;
    log.info(absent.event, `${absent.what} could not be read: ${message}`, { error: code });
    return null;
  }
}
