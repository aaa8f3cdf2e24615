import { type Exclusion, matchingRules, type RuleMatch } from './decisionTable.js';
import type { EarlierRefusals } from './earlierRefusals.js';
import type { Instance } from './instance.js';
import { emptyHistory, type MigrationHistory } from './migrationHistory.js';

/**
 * Why an instance is left alone, in the order of the decision table. A plan is compared after the table, and that
 * data is not kept is learnt from the provider's answer.
 */
export const skipReasons = [
  'excluded',
  'not_exited',
  'not_reclaimed',
  'invalid_reclaim_time',
  'reclaim_pending',
  'stale_reclaim',
  'migration_in_progress',
  'cooldown',
  'quarantined',
  'backing_off',
  'local_data',
  'plan_outdated',
  'data_not_kept',
] as const;

export type SkipReason = (typeof skipReasons)[number];
export type Reason = SkipReason | 'reclaimed';
export type Verdict = 'eligible' | 'skipped';

/** The fields that a decision looked at, by name, as they were. Times are unix seconds. */
export type Evidence = Readonly<Record<string, string | number | null>>;

export interface Decision {
  readonly instance: Instance;
  readonly verdict: Verdict;
  readonly reason: Reason;
  /**
   * The row of the decision table that decided; of an outdated plan, or of data that is not kept, the one that would
   * decide without that.
   */
  readonly rule: number;
  readonly evidence: Evidence;
  /** What the job list says of it; null when the list was not read or could not be had. */
  readonly history: MigrationHistory | null;
  /** Reasons that would have skipped the instance had the operator not asked to pass over them. */
  readonly forcedPast: readonly SkipReason[];
  /** Those of the rows after the deciding one that would have skipped the instance too. */
  readonly otherReasons: readonly SkipReason[];
}

export interface EligibilityPolicy {
  /** Why the operator's include and exclude filters leave an instance out; null when they do not. */
  readonly exclusionOf: (instance: Instance) => Exclusion | null;
  /** What the journal of this host remembers and the provider does not. */
  readonly earlierRefusals: EarlierRefusals;
  readonly cooldownMinutes: number;
  readonly maxAttempts: number;
  /** False: one failed migration is enough for quarantine. */
  readonly retryFailed: boolean;
  readonly holdLocalData: boolean;
  /** Pass over the reasons that an operator may overrule. */
  readonly force: boolean;
}

/** What an operator may overrule. */
export const overridableReasons: ReadonlySet<SkipReason> = new Set([
  'reclaim_pending',
  'stale_reclaim',
  'cooldown',
  'quarantined',
  'backing_off',
  'local_data',
]);

/**
 * Applies the decision table to one instance: the first row that matches decides.
 * Whatever is unknown never makes an instance eligible.
 *
 * @param history - what the job list says of it; null when the list was not read or could not be had
 * @param nowSeconds - unix seconds
 */
export function decide(
  instance: Instance,
  history: MigrationHistory | null,
  policy: EligibilityPolicy,
  nowSeconds: number,
): Decision {
  const matches = matchingRules(instance, history ?? emptyHistory, policy, nowSeconds);
  const at = matches.findIndex(({ reason }) => !policy.force || !overridableReasons.has(reason));
  const match = matches[at];
  if (match !== undefined) {
    const { reason, rule, evidence } = match;
    return {
      instance,
      verdict: 'skipped',
      reason,
      rule,
      evidence,
      history,
      forcedPast: reasonsOf(matches, 0, at),
      otherReasons: reasonsOf(matches, at + 1, matches.length),
    };
  }
  const { status, spotStatus, spotReclaimTime } = instance;
  return {
    instance,
    verdict: 'eligible',
    reason: 'reclaimed',
    rule: 11,
    evidence: { status, spotStatus, spotReclaimTime },
    history,
    forcedPast: reasonsOf(matches, 0, matches.length),
    otherReasons: none,
  };
}

/** Shared: a fleet has thousands of decisions, and nearly all of them an empty list. */
const none: readonly SkipReason[] = [];

function reasonsOf(matches: readonly RuleMatch[], from: number, to: number): readonly SkipReason[] {
  return from >= to ? none : matches.slice(from, to).map(({ reason }) => reason);
}
