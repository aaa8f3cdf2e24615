import { alternativesFor, type ProductOffer } from '../core/alternatives.js';
import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import { ProviderError } from '../core/providerError.js';
import type { RunControl } from '../core/runControl.js';
import type { InstanceResult } from '../core/summary.js';
import { withinTime } from './timeLimit.js';

/** How long a run waits for suggestions, in ms. */
const limitMs = 5_000;

export interface SuggestInput {
  /** Reads what the provider offers, in one attempt; null when nobody wants suggestions. Rejects with ProviderError. */
  readonly readOffers: ((signal: AbortSignal) => Promise<readonly ProductOffer[]>) | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly control: RunControl;
}

/**
 * Names, for each instance that no node has room for, other places that have stock. Nothing is done about them, and it
 * is no failure when they cannot be had.
 */
export async function suggestAlternatives(
  results: readonly InstanceResult[],
  { readOffers, clock, log, control: { stopping } }: SuggestInput,
): Promise<readonly InstanceResult[]> {
  if (readOffers === null || stopping.aborted || !results.some(isWithoutRoom)) return results;
  try {
    const offers = await withinTime(clock, limitMs, stopping, readOffers);
    return results.map((result) =>
      isWithoutRoom(result)
        ? { ...result, alternatives: alternativesFor(result.decision.instance, offers) }
        : result,
    );
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { message, code } = error.failure;
    log.info('alternatives_unknown', `What else has stock could not be read: ${message}`, { error: code });
    return results;
  }
}

function isWithoutRoom({ outcome }: InstanceResult): boolean {
  return outcome === 'no_capacity';
}
