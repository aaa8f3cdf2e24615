import type { Decision } from '../core/eligibility.js';
import { noPrices, type PriceByInstance, pricesOf, type ProductPrice } from '../core/price.js';
import { readIfPossible, type ReadIfPossibleInput } from './readIfPossible.js';

export interface PricePlanInput extends ReadIfPossibleInput {
  /**
   * Reads what the provider's products cost, in one attempt; null when nobody is going to see it. Rejects with
   * ProviderError.
   */
  readonly readProducts: ((signal: AbortSignal) => Promise<readonly ProductPrice[]>) | null;
}

const absent = { event: 'prices_unknown', what: 'The prices of the plan' } as const;

/** Finds out what the instances of a plan cost, if that can be had. */
export async function pricePlan(
  planned: readonly Decision[],
  input: PricePlanInput,
): Promise<PriceByInstance> {
  const { readProducts } = input;
  if (readProducts === null || planned.length === 0) return noPrices;
  const products = await readIfPossible(readProducts, absent, input);
  if (products === null) return noPrices;
  return pricesOf(
    planned.map(({ instance }) => instance),
    products,
  );
}
