import type { Decision, Evidence } from './eligibility.js';
import { dataAtRisk } from './instance.js';
import type { PlanFile, PlannedInstance } from './planFile.js';
import { isoSeconds } from './isoTime.js';

/** What a plan leaves of the decisions of a run. */
export interface FollowedPlan {
  /** Of the instances of the plan that are in the list. Those that have changed are skipped as `plan_outdated`. */
  readonly decisions: readonly Decision[];
  /** Ids of the plan that are not in the list. */
  readonly notFound: readonly string[];
  /** Instances that are eligible by themselves and not in the plan. */
  readonly leftAlone: readonly Decision[];
}

type Value = string | null;

/** Holds the decisions of a run against a plan that was made before: only what is as it was then is migrated. */
export function followPlan(decisions: readonly Decision[], { instances }: PlanFile): FollowedPlan {
  const planned = new Map(instances.map((instance) => [instance.id, instance]));
  const listed = new Set(decisions.map(({ instance }) => instance.id));
  return {
    decisions: decisions.flatMap((decision) => {
      const before = planned.get(decision.instance.id);
      return before === undefined ? [] : [compare(decision, before)];
    }),
    notFound: [...planned.keys()].filter((id) => !listed.has(id)),
    leftAlone: decisions.filter(
      ({ instance, verdict, forcedPast }) =>
        verdict === 'eligible' && forcedPast.length === 0 && !planned.has(instance.id),
    ),
  };
}

/** Names what has changed in one sentence, such as `status was exited, is running`. */
export function describeChanges(evidence: Evidence): string {
  return Object.entries(evidence)
    .filter(([name]) => name.endsWith(planned))
    .map(([name, was]) => {
      const field = name.slice(0, -planned.length);
      return `${field} was ${shown(was)}, is ${shown(evidence[field] ?? null)}`;
    })
    .join('; ');
}

/** The end of the name of a field in the evidence, as it was in the plan. */
const planned = 'Planned';

function compare(decision: Decision, before: PlannedInstance): Decision {
  const { instance, reason, forcedPast } = decision;
  const fields: readonly (readonly [name: string, was: Value, is: Value])[] = [
    ['status', before.status, instance.status],
    ['spotStatus', before.spotStatus, instance.spotStatus],
    ['spotReclaimTime', before.spotReclaimTime, instance.spotReclaimTime],
    ['lastStartedAt', before.lastStartedAt, isoSeconds(instance.lastStartedAt)],
    ['dataAtRisk', before.dataAtRisk.join(', '), dataAtRisk(instance).join(', ')],
    ['reason', 'reclaimed', reason],
    ['forcedPast', before.forcedPast.join(', '), forcedPast.join(', ')],
  ];
  const changed = fields.filter(([, was, is]) => was !== is);
  if (changed.length === 0) return decision;
  const evidence = changed.flatMap(([name, was, is]) => [
    [`${name}${planned}`, was] as const,
    [name, is] as const,
  ]);
  return { ...decision, verdict: 'skipped', reason: 'plan_outdated', evidence: Object.fromEntries(evidence) };
}

function shown(value: Evidence[string]): string {
  return value === null || value === '' ? 'none' : String(value);
}
