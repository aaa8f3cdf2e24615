import { type Alternative, alternativesFor, type ProductOffer } from '../core/alternatives.js';
import type { Instance } from '../core/instance.js';
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
  const find = findOnce(offers);
  return results.map((result) =>
    isWithoutRoom(result) ? { ...result, alternatives: find(result.decision.instance) } : result,
  );
}

/** A whole fleet may be without room, and instances that are alike have the same alternatives. */
function findOnce(offers: readonly ProductOffer[]): (instance: Instance) => readonly Alternative[] {
  const known = new Map<string, readonly Alternative[]>();
  return (instance) => {
    const { productId, productName, clusterId, clusterName, gpuCount } = instance;
    const kind = JSON.stringify([productId, productName, clusterId, clusterName, gpuCount]);
    const found = known.get(kind) ?? alternativesFor(instance, offers);
    known.set(kind, found);
    return found;
  };
}

function isWithoutRoom({ outcome }: InstanceResult): boolean {
  return outcome === 'no_capacity';
}
