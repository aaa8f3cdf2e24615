import * as v from 'valibot';
import type { ProductPrice } from '../core/price.js';
import { identifier, textOrNull } from './fields.js';

/** Novita counts in 1/100,000 USD per hour; seen by third parties, not documented. */
const unitsPerDollar = 100_000;

/** The documentation has `price` as a number and `spotPrice` as a string; "0" and "" mean that it is not offered. */
const dollarsPerHour = v.pipe(
  textOrNull,
  v.transform((value) =>
    value !== null && /^[1-9]\d{0,8}$/.test(value) ? Number(value) / unitsPerDollar : null,
  ),
);

/** An allow-list, as everywhere. */
const productRow = v.pipe(
  v.object({ id: identifier, price: dollarsPerHour, spotPrice: dollarsPerHour }),
  v.transform(({ id, price, spotPrice }): ProductPrice => ({
    productId: id,
    onDemandPerHour: price,
    spotPerHour: spotPrice,
  })),
);

const productList = v.object({ data: v.array(v.unknown()) });

/**
 * Reads the answer of `GET /products` (its path and fields are documented; the unit of its prices is what third
 * parties found). A row that cannot be read is left out.
 *
 * @returns null when the value is no such answer
 */
export function parseProducts(value: unknown): readonly ProductPrice[] | null {
  const parsed = v.safeParse(productList, value);
  if (!parsed.success) return null;
  return parsed.output.data.flatMap((row) => {
    const product = v.safeParse(productRow, row);
    return product.success ? [product.output] : [];
  });
}
