import type { Clock } from '../core/clock.js';
import type { Decision } from '../core/eligibility.js';
import type { Log } from '../core/log.js';
import { noPrices, type PriceByInstance, pricesOf, type ProductPrice } from '../core/price.js';
import { ProviderError } from '../core/providerError.js';
import type { RunControl } from '../core/runControl.js';
import { withinTime } from './timeLimit.js';

/** How long a plan waits for its prices, in ms. */
const priceLimitMs = 5_000;

export interface PricePlanInput {
  /**
   * Reads what the provider's products cost, in one attempt; null when nobody is going to see it. Rejects with
   * ProviderError.
   */
  readonly readProducts: ((signal: AbortSignal) => Promise<readonly ProductPrice[]>) | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly control: RunControl;
}

/** Finds out what the instances of a plan cost. A price is good to know and no more, so no failure stops the run. */
export async function pricePlan(
  planned: readonly Decision[],
  { readProducts, clock, log, control }: PricePlanInput,
): Promise<PriceByInstance> {
  if (readProducts === null || planned.length === 0) return noPrices;
  try {
    const products = await withinTime(clock, priceLimitMs, control.stopping, readProducts);
    return pricesOf(
      planned.map(({ instance }) => instance),
      products,
    );
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { message, code } = error.failure;
    log.info('prices_unknown', `The prices of the plan could not be read: ${message}`, { error: code });
    return noPrices;
  }
}
