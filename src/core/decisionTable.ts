import { clockSlackSeconds } from './clock.js';
import { refusalInTheWay } from './earlierRefusals.js';
import type { EligibilityPolicy, Evidence, SkipReason } from './eligibility.js';
import type { Instance } from './instance.js';
import { failureWindowSeconds, type MigrationHistory } from './migrationHistory.js';
import { kindOfJobError, restAfterFailures, strategies } from './strategies.js';
import { readReclaimTime } from './reclaimTime.js';

/** Which filter leaves an instance out. */
export interface Exclusion {
  readonly variable: 'MIGRATION_INCLUDE' | 'MIGRATION_EXCLUDE';
  /** The item that matches it; null when none of those to include does. */
  readonly pattern: string | null;
}

/** A row of the decision table that skips an instance. */
export interface RuleMatch {
  readonly rule: number;
  readonly reason: SkipReason;
  readonly evidence: Evidence;
}

/** The rows of the decision table that match, in their order. */
export function* matchingRules(
  instance: Instance,
  history: MigrationHistory,
  policy: EligibilityPolicy,
  nowSeconds: number,
): Generator<RuleMatch> {
  const { status, spotReclaimTime, lastStartedAt } = instance;

  const exclusion = policy.exclusionOf(instance);
  if (exclusion !== null) {
    const { variable, pattern } = exclusion;
    const evidence = { name: instance.name, id: instance.id, variable, pattern };
    yield { rule: 1, reason: 'excluded', evidence };
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
  const reclaimedAt = reclaimTime.kind === 'at' ? reclaimTime.seconds : -Infinity;
  yield* failureMatches(instance.id, history, reclaimedAt, policy, nowSeconds);

  const mountPath = instance.localVolumes[0]?.mountPath;
  if (policy.holdLocalData && mountPath !== undefined) {
    yield { rule: 10, reason: 'local_data', evidence: { localVolume: mountPath } };
  }
}

function* historyMatches(
  { openJob, lastSuccessAt }: MigrationHistory,
  policy: EligibilityPolicy,
  nowSeconds: number,
): Generator<RuleMatch> {
  if (openJob) {
    const evidence = { jobId: openJob.id, jobType: openJob.type, jobState: openJob.state };
    yield { rule: 7, reason: 'migration_in_progress', evidence };
  }
  const eligibleAgainAt = (lastSuccessAt ?? -Infinity) + policy.cooldownMinutes * 60;
  if (lastSuccessAt !== null && nowSeconds < eligibleAgainAt) {
    yield { rule: 8, reason: 'cooldown', evidence: { lastMigratedAt: lastSuccessAt, eligibleAgainAt } };
  }
}

/**
 * What failed migrations lead to: quarantine, or a rest that grows with each that failed since the reclaim. A request that
 * was refused for good leads to quarantine as well.
 */
function* failureMatches(
  instanceId: string,
  { lastSuccessAt, recentFailures }: MigrationHistory,
  reclaimedAt: number,
  policy: EligibilityPolicy,
  nowSeconds: number,
): Generator<RuleMatch> {
  const isHopeless = recentFailures.some(
    ({ createdAt, errorMessage }) =>
      strategies[kindOfJobError(errorMessage)].givenUp === 'at_once' &&
      // A success since then has proved it wrong.
      (createdAt ?? nowSeconds) >= (lastSuccessAt ?? -Infinity),
  );
  const failureLimit = policy.retryFailed && !isHopeless ? policy.maxAttempts : 1;
  if (recentFailures.length >= failureLimit) {
    const lastError = recentFailures.at(-1)?.errorMessage ?? null;
    // When so many of them are older than a day that fewer than the limit are left.
    const lastInTheWay = recentFailures[recentFailures.length - failureLimit]?.createdAt ?? null;
    const eligibleAgainAt = lastInTheWay === null ? null : lastInTheWay + failureWindowSeconds;
    const evidence = { failedMigrations: recentFailures.length, failureLimit, lastError, eligibleAgainAt };
    yield { rule: 9, reason: 'quarantined', evidence };
    return;
  }
  const refusal = policy.earlierRefusals.get(instanceId);
  const refused = refusalInTheWay(refusal, { reclaimedAt, lastSuccessAt, nowSeconds });
  if (refused !== null) {
    yield { rule: 9, reason: 'quarantined', evidence: refused };
    return;
  }
  const since = Math.max(reclaimedAt, lastSuccessAt ?? -Infinity);
  // One of an unknown time would put off the end for ever.
  const times = recentFailures.flatMap(({ createdAt }) => createdAt ?? []).filter((time) => time >= since);
  const eligibleAgainAt = Math.max(...times) + restAfterFailures(times.length);
  if (times.length > 0 && nowSeconds < eligibleAgainAt) {
    yield { rule: 9, reason: 'backing_off', evidence: { failedMigrations: times.length, eligibleAgainAt } };
  }
}
