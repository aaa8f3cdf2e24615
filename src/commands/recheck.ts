import type { Clock } from '../core/clock.js';
import { type Failure, failureOf } from '../core/failure.js';
import type { Instance } from '../core/instance.js';
import { ProviderError } from '../core/providerError.js';
import type { RunControl } from '../core/runControl.js';
import type { Provider } from './provider.js';

/** How old a list may be before an instance is looked at again, in ms. */
const freshForMs = 60_000;

export interface RecheckInput {
  readonly provider: Pick<Provider, 'getInstance'>;
  readonly clock: Clock;
  /** When the list was read, in unix ms. */
  readonly listedAtMs: number;
  readonly control: Pick<RunControl, 'cut'>;
}

/**
 * Reads an instance again before a request to change it is sent, when the list that it was judged by has grown old.
 *
 * @returns why it must be left alone now; null when nothing speaks against it
 */
export async function recheck(instance: Instance, input: RecheckInput): Promise<Failure | null> {
  if (input.clock.now() - input.listedAtMs <= freshForMs) return null;
  try {
    const current = await input.provider.getInstance(instance.id, input.control.cut);
    return isUnchanged(instance, current)
      ? null
      : failureOf('instance_changed', { detail: `it is ${current.status} now` });
  } catch (error) {
    if (error instanceof ProviderError) return error.failure;
    throw error;
  }
}

/** The single answer may lack fields that the list has, so only what both say is compared. */
function isUnchanged(listed: Instance, current: Instance): boolean {
  return (
    current.status === listed.status &&
    (current.lastStartedAt ?? listed.lastStartedAt) === listed.lastStartedAt &&
    (current.spotReclaimTime ?? listed.spotReclaimTime) === listed.spotReclaimTime
  );
}
