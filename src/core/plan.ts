import type { Decision } from './eligibility.js';

/** What a run is going to do. */
export interface Plan {
  /** Eligible instances to migrate, longest down first. */
  readonly migrate: readonly Decision[];
  /** Eligible instances over the limit: the next run takes them. */
  readonly deferred: readonly Decision[];
}

/**
 * Orders the eligible instances, longest down first, and applies the limit of a run.
 * The order of the decisions makes no difference: equal times are ordered by id.
 *
 * @param maxPerRun - 0 for no limit
 */
export function planMigrations(decisions: readonly Decision[], maxPerRun: number): Plan {
  const eligible = decisions.filter(({ verdict }) => verdict === 'eligible').sort(byLongestDown);
  const limit = maxPerRun === 0 ? eligible.length : maxPerRun;
  return { migrate: eligible.slice(0, limit), deferred: eligible.slice(limit) };
}

function byLongestDown({ instance: a }: Decision, { instance: b }: Decision): number {
  const difference = Number(a.spotReclaimTime) - Number(b.spotReclaimTime);
  if (difference !== 0) return difference;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
