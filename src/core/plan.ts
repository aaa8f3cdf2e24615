import type { Decision } from './eligibility.js';
import { migrationGroup } from './migrationGroup.js';

/** What a run is going to do. */
export interface Plan {
  /** Eligible instances to migrate, longest down first. */
  readonly migrate: readonly Decision[];
  /** Eligible instances over the limit: the next run takes them. */
  readonly deferred: readonly Decision[];
}

/**
 * Orders the eligible instances, longest down first, and applies the limit of a run. Pools of nodes take turns at the
 * places: one that has had no room for long, with more instances than the limit, must not keep those of others down.
 * The order of the decisions makes no difference: equal times are ordered by id.
 *
 * @param maxPerRun - 0 for no limit
 */
export function planMigrations(decisions: readonly Decision[], maxPerRun: number): Plan {
  const eligible = decisions.filter(({ verdict }) => verdict === 'eligible').sort(byLongestDown);
  if (maxPerRun === 0) return { migrate: eligible, deferred: [] };
  const turns = turnsOf(eligible);
  const byTurn = (one: Decision, other: Decision): number => (turns.get(one) ?? 0) - (turns.get(other) ?? 0);
  const chosen = new Set([...eligible].sort(byTurn).slice(0, maxPerRun));
  return {
    migrate: eligible.filter((decision) => chosen.has(decision)),
    deferred: eligible.filter((decision) => !chosen.has(decision)),
  };
}

/** How many of its pool come before each. */
function turnsOf(ordered: readonly Decision[]): ReadonlyMap<Decision, number> {
  const taken = new Map<string, number>();
  return new Map(
    ordered.map((decision) => {
      const group = migrationGroup(decision.instance);
      const turn = taken.get(group) ?? 0;
      taken.set(group, turn + 1);
      return [decision, turn];
    }),
  );
}

function byLongestDown({ instance: a }: Decision, { instance: b }: Decision): number {
  const difference = Number(a.spotReclaimTime) - Number(b.spotReclaimTime);
  if (difference !== 0) return difference;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}
