import { alternativesFor, type ProductOffer } from '../core/alternatives.js';
import type { InstanceResult } from '../core/summary.js';
import { readIfPossible, type ReadIfPossibleInput } from './readIfPossible.js';

export interface SuggestInput extends ReadIfPossibleInput {
  /** Reads what the provider offers, in one attempt; null when nobody wants suggestions. Rejects with ProviderError. */
  readonly readOffers: ((signal: AbortSignal) => Promise<readonly ProductOffer[]>) | null;
}

const absent = { event: 'alternatives_unknown', what: 'What else has stock' } as const;

/**
 * Names, for each instance that no node has room for, other places that have stock. Nothing is done about them, and it
 * is no failure when they cannot be had.
 */
export async function suggestAlternatives(
  results: readonly InstanceResult[],
  input: SuggestInput,
): Promise<readonly InstanceResult[]> {
  const { readOffers, control } = input;
  if (readOffers === null || control.stopping.aborted || !results.some(isWithoutRoom)) return results;
  const offers = await readIfPossible(readOffers, absent, input);
  if (offers === null) return results;
  return results.map((result) =>
    isWithoutRoom(result)
      ? { ...result, alternatives: alternativesFor(result.decision.instance, offers) }
      : result,
  );
}

function isWithoutRoom({ outcome }: InstanceResult): boolean {
  return outcome === 'no_capacity';
}
