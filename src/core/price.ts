import type { Instance } from './instance.js';

/** What the provider asks for one GPU of a product, in USD per hour; null when it does not say. */
export interface ProductPrice {
  readonly productId: string;
  readonly onDemandPerHour: number | null;
  readonly spotPerHour: number | null;
}

/** What each instance costs while it runs, in USD per hour, by its id. One that is not in it has no known price. */
export type PriceByInstance = ReadonlyMap<string, number>;

export const noPrices: PriceByInstance = new Map();

/**
 * Finds the price of each instance: that of its product, by how it is billed, for each of its GPUs. Novita documents
 * that an instance costs its unit price times its number of cards. Without disks and volumes, which cost extra.
 *
 * What is not certain has no price: a product that is listed at several prices, an unknown number of GPUs, a
 * subscription.
 */
export function pricesOf(instances: readonly Instance[], products: readonly ProductPrice[]): PriceByInstance {
  return new Map(
    instances.flatMap((instance) => {
      const price = priceOf(instance, products);
      return price === null ? [] : [[instance.id, price] as const];
    }),
  );
}

function priceOf(
  { productId, billingMode, gpuCount }: Instance,
  products: readonly ProductPrice[],
): number | null {
  if (gpuCount === null || gpuCount === 0) return null;
  const listed = new Set(
    products
      .filter((product) => product.productId === productId)
      .map(({ onDemandPerHour, spotPerHour }) => {
        if (billingMode === 'spot') return spotPerHour;
        return billingMode === 'onDemand' ? onDemandPerHour : null;
      }),
  );
  const [perGpu] = listed;
  return listed.size !== 1 || perGpu === undefined || perGpu === null ? null : roundToUnit(perGpu * gpuCount);
}

export interface TotalPrice {
  /** USD per hour; null when no price is known. */
  readonly perHour: number | null;
  /** How many have no known price, and are not in it. */
  readonly unknown: number;
}

/** Adds up what instances cost together. */
export function totalPrice(prices: readonly (number | null)[]): TotalPrice {
  const known = prices.filter((price) => price !== null);
  const sum = known.reduce((total, price) => total + price, 0);
  return { perHour: known.length === 0 ? null : roundToUnit(sum), unknown: prices.length - known.length };
}

/** The provider counts in 1/100,000 USD; sums of floating point numbers would show more digits. */
export function roundToUnit(dollars: number): number {
  return Math.round(dollars * 100_000) / 100_000;
}
