import type { Failure } from './failure.js';

/** Systemic failures in a row, across instances, after which nothing new is started. */
export const circuitLimit = 3;

const systemicCategories = new Set(['server', 'network', 'timeout', 'protocol']);

/**
 * Counts systemic failures in a row: those that say something of the API rather than of the instance.
 * An answer that the API understood, even a refusal, ends the row.
 *
 * @param row - how many there were before
 * @param failure - how the request ended; null when it was accepted
 */
export function systemicRow(row: number, failure: Failure | null): number {
  return failure !== null && systemicCategories.has(failure.category) ? row + 1 : 0;
}
