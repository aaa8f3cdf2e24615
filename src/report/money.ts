import { formatDollars } from '../core/dollars.js';
import type { TotalPrice } from '../core/price.js';

/**
 * A price of an hour, such as "$0.28".
 *
 * @param dollars - null for one that is not known
 */
export function pricePerHour(dollars: number | null): string {
  return dollars === null ? 'unknown' : formatDollars(dollars);
}

/** What instances cost together, in one sentence. */
export function totalPerHour({ perHour, unknown }: TotalPrice): string {
  if (perHour === null) return 'What it costs is unknown.';
  const without =
    unknown === 0 ? '' : ` and what ${unknown} of unknown price ${unknown === 1 ? 'costs' : 'cost'}`;
  return `Together ${pricePerHour(perHour)} an hour while running${without}, and disks.`;
}
