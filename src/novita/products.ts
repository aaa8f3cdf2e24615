import * as v from 'valibot';
import type { ProductOffer } from '../core/alternatives.js';
import { identifier, text, textOrNull } from './fields.js';

/** Novita counts in 1/100,000 USD per hour; seen by third parties, not documented. */
const unitsPerDollar = 100_000;

/** The documentation has `price` as a number and `spotPrice` as a string; "0" and "" mean that it is not offered. */
const dollarsPerHour = v.pipe(
  textOrNull,
  v.transform((value) =>
    value !== null && /^[1-9]\d{0,8}$/.test(value) ? Number(value) / unitsPerDollar : null,
  ),
);

/** Far more than there are, of both: what follows takes its time for each. */
const mostProducts = 2_000;
const mostRegions = 50;

/** Documented as an object; third parties see a list of names, such as `US-CA-06 (California)`. */
const regions = v.pipe(
  v.fallback(v.array(v.unknown()), []),
  v.transform((items) =>
    items.slice(0, mostRegions).flatMap((item) => {
      const name = v.safeParse(text, item);
      return name.success && name.output !== '' ? [name.output] : [];
    }),
  ),
);

/** An allow-list, as everywhere. */
const productRow = v.pipe(
  v.object({
    id: identifier,
    name: textOrNull,
    price: dollarsPerHour,
    spotPrice: dollarsPerHour,
    // Documented: true when it can be used to create an instance, false for insufficient resources.
    availableDeploy: v.optional(v.unknown()),
    // Not documented; third parties see high, normal, low and none.
    inventoryState: textOrNull,
    regions: v.optional(regions, []),
  }),
  v.transform(({ id, name, price, spotPrice, availableDeploy, inventoryState, regions }): ProductOffer => ({
    productId: id,
    name: name === '' ? null : name,
    onDemandPerHour: price,
    spotPerHour: spotPrice,
    hasStock: availableDeploy === true && inventoryState?.toLowerCase() !== 'none',
    regions,
  })),
);

const productList = v.object({ data: v.array(v.unknown()) });

/**
 * Reads the answer of `GET /products` (its path and fields are documented; the unit of its prices is what third
 * parties found). A row that cannot be read is left out, and so is what comes after more of them than there can be.
 *
 * @returns null when the value is no such answer
 */
export function parseProducts(value: unknown): readonly ProductOffer[] | null {
  const parsed = v.safeParse(productList, value);
  if (!parsed.success) return null;
  return parsed.output.data.slice(0, mostProducts).flatMap((row) => {
    const product = v.safeParse(productRow, row);
    return product.success ? [product.output] : [];
  });
}
