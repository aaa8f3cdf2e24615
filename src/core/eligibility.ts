import type { Instance } from './instance.js';
import { emptyHistory, type MigrationHistory } from './migrationHistory.js';
import { readReclaimTime } from './reclaimTime.js';

/** How far the provider's clock and ours may differ. */
const clockSlackSeconds = 60;

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
  /** The row of the decision table that decided; of an outdated plan, or of data that is not kept, the one that would decide without that. */
  readonly rule: number;
  readonly evidence: Evidence;
  /** What the job list says of it; null when it says nothing, was not read or could not be had. */
  readonly history: MigrationHistory | null;
  /** Reasons that would have skipped the instance had the operator not asked to pass over them. */
  readonly forcedPast: readonly SkipReason[];
}

export interface EligibilityPolicy {
  /** True for an instance that the operator's include and exclude filters leave out. */
  readonly isExcluded: (instance: Instance) => boolean;
  readonly cooldownMinutes: number;
  readonly maxAttempts: number;
  /** False: one failed migration is enough for quarantine. */
  readonly retryFailed: boolean;
  readonly holdLocalData: boolean;
  /** Pass over the reasons that an operator may overrule. */
  readonly force: boolean;
}

interface Match {
  readonly rule: number;
  readonly reason: SkipReason;
  readonly evidence: Evidence;
}

const overridable: ReadonlySet<SkipReason> = new Set([
  'reclaim_pending',
  'stale_reclaim',
  'cooldown',
  'quarantined',
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
  const forcedPast: SkipReason[] = [];
  for (const match of matches(instance, history ?? emptyHistory, policy, nowSeconds)) {
    if (!policy.force || !overridable.has(match.reason)) {
      return { instance, verdict: 'skipped', ...match, history, forcedPast };
    }
    forcedPast.push(match.reason);
  }
  const { status, spotStatus, spotReclaimTime } = instance;
  return {
    instance,
    verdict: 'eligible',
    reason: 'reclaimed',
    rule: 11,
    evidence: { status, spotStatus, spotReclaimTime },
    history,
    forcedPast,
  };
}

/** The rows of the decision table that match, in their order. */
function* matches(
  instance: Instance,
  history: MigrationHistory,
  policy: EligibilityPolicy,
  nowSeconds: number,
): Generator<Match> {
  const { status, spotReclaimTime, lastStartedAt } = instance;

  if (policy.isExcluded(instance)) {
    yield { rule: 1, reason: 'excluded', evidence: { name: instance.name, id: instance.id } };
  }
  if (status !== 'exited') {
    const reason = status === 'migrating' ? 'migration_in_progress' : 'not_exited';
    yield { rule: 2, reason, evidence: { status } };
  }

  const reclaimTime = readReclaimTime(spotReclaimTime);
  if (reclaimTime.kind === 'none') {
    yield {
      rule: 3,
      reason: 'not_reclaimed',
      evidence: { spotReclaimTime, spotStatus: instance.spotStatus },
    };
  }
  if (reclaimTime.kind === 'invalid') {
    yield { rule: 4, reason: 'invalid_reclaim_time', evidence: { spotReclaimTime } };
  }
  if (reclaimTime.kind === 'at') {
    if (reclaimTime.seconds > nowSeconds + clockSlackSeconds) {
      yield { rule: 5, reason: 'reclaim_pending', evidence: { spotReclaimTime, now: nowSeconds } };
    }
    if (lastStartedAt !== null && lastStartedAt > reclaimTime.seconds) {
      yield { rule: 6, reason: 'stale_reclaim', evidence: { lastStartedAt, spotReclaimTime } };
    }
  }

  yield* historyMatches(history, policy, nowSeconds);

  const mountPath = instance.localVolumes[0]?.mountPath;
  if (policy.holdLocalData && mountPath !== undefined) {
    yield { rule: 10, reason: 'local_data', evidence: { localVolume: mountPath } };
  }
}

function* historyMatches(
  { openJob, lastSuccessAt, recentFailures }: MigrationHistory,
  policy: EligibilityPolicy,
  nowSeconds: number,
): Generator<Match> {
  if (openJob) {
    const evidence = { jobId: openJob.id, jobType: openJob.type, jobState: openJob.state };
    yield { rule: 7, reason: 'migration_in_progress', evidence };
  }
  const eligibleAgainAt = (lastSuccessAt ?? -Infinity) + policy.cooldownMinutes * 60;
  if (lastSuccessAt !== null && nowSeconds < eligibleAgainAt) {
    yield { rule: 8, reason: 'cooldown', evidence: { lastMigratedAt: lastSuccessAt, eligibleAgainAt } };
  }
  const failureLimit = policy.retryFailed ? policy.maxAttempts : 1;
  if (recentFailures.length >= failureLimit) {
    const lastError = recentFailures.at(-1)?.errorMessage ?? null;
    const evidence = { failedMigrations: recentFailures.length, failureLimit, lastError };
    yield { rule: 9, reason: 'quarantined', evidence };
  }
}
