import type { Decision } from '../core/eligibility.js';
import { dataAtRisk } from '../core/instance.js';
import type { Plan } from '../core/plan.js';
import type { PriceByInstance } from '../core/price.js';
import { type PlanTableOptions, renderPlanTable } from './planTable.js';

/** What a run is about to do, for the person who is asked to agree to it. Ends with a line feed. */
export function renderPlan(
  { migrate, deferred }: Plan,
  prices: PriceByInstance,
  options: PlanTableOptions,
): string {
  const rows = migrate.map(({ instance, forcedPast }: Decision) => ({
    ...instance,
    forcedPast,
    reclaimedAtMs: Number(instance.spotReclaimTime) * 1000,
    dataAtRisk: dataAtRisk(instance),
    pricePerHour: prices.get(instance.id) ?? null,
  }));
  return `${renderPlanTable(rows, options)}${leftToTheNextRun(deferred.length)}`;
}

/** One sentence about what is over the limit of a run; empty when nothing is. */
export function leftToTheNextRun(count: number): string {
  if (count === 0) return '';
  return `${count === 1 ? '1 more is' : `${count} more are`} left to the next run.\n`;
}
