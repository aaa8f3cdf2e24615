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
export function matchingRules(
  instance: Instance,
  history: MigrationHistory,
  policy: EligibilityPolicy,
  nowSeconds: number,
): readonly RuleMatch[] {
  const matches: RuleMatch[] = [];
  const { status, spotReclaimTime, lastStartedAt } = instance;

  const exclusion = policy.exclusionOf(instance);
  if (exclusion !== null) {
    const { variable, pattern } = exclusion;
    const evidence = { name: instance.name, id: instance.id, variable, pattern };
    matches.push({ rule: 1, reason: 'excluded', evidence });
  }
  if (status !== 'exited') {
    const reason = status === 'migrating' ? 'migration_in_progress' : 'not_exited';
    matches.push({ rule: 2, reason, evidence: { status } });
  }

  const reclaimTime = readReclaimTime(spotReclaimTime);
  if (reclaimTime.kind === 'none') {
    matches.push({
      rule: 3,
      reason: 'not_reclaimed',
      evidence: { spotReclaimTime, spotStatus: instance.spotStatus },
    });
  }
  if (reclaimTime.kind === 'invalid') {
    matches.push({ rule: 4, reason: 'invalid_reclaim_time', evidence: { spotReclaimTime } });
  }
  if (reclaimTime.kind === 'at') {
    if (reclaimTime.seconds > nowSeconds + clockSlackSeconds) {
      matches.push({ rule: 5, reason: 'reclaim_pending', evidence: { spotReclaimTime, now: nowSeconds } });
    }
    if (lastStartedAt !== null && lastStartedAt > reclaimTime.seconds) {
      matches.push({ rule: 6, reason: 'stale_reclaim', evidence: { lastStartedAt, spotReclaimTime } });
    }
  }

  const reclaimedAt = reclaimTime.kind === 'at' ? reclaimTime.seconds : -Infinity;
  const ofHistory = [
    openJobMatch(history),
    cooldownMatch(history, policy, nowSeconds),
    failureMatch(instance.id, history, reclaimedAt, policy, nowSeconds),
  ];
  matches.push(...ofHistory.filter((match) => match !== null));

  const mountPath = instance.localVolumes[0]?.mountPath;
  if (policy.holdLocalData && mountPath !== undefined) {
    matches.push({ rule: 10, reason: 'local_data', evidence: { localVolume: mountPath } });
  }
  return matches;
}

function openJobMatch({ openJob }: MigrationHistory): RuleMatch | null {
  if (openJob === null) return null;
  const evidence = { jobId: openJob.id, jobType: openJob.type, jobState: openJob.state };
  return { rule: 7, reason: 'migration_in_progress', evidence };
}

function cooldownMatch(
  { lastSuccessAt }: MigrationHistory,
  { cooldownMinutes }: EligibilityPolicy,
  nowSeconds: number,
): RuleMatch | null {
  if (lastSuccessAt === null) return null;
  const eligibleAgainAt = lastSuccessAt + cooldownMinutes * 60;
  if (nowSeconds >= eligibleAgainAt) return null;
  return { rule: 8, reason: 'cooldown', evidence: { lastMigratedAt: lastSuccessAt, eligibleAgainAt } };
}

/**
 * What failed migrations lead to: quarantine, or a rest that grows with each that failed since the reclaim. A request that
 * was refused for good leads to quarantine as well.
 */
function failureMatch(
  instanceId: string,
  { lastSuccessAt, recentFailures }: MigrationHistory,
  reclaimedAt: number,
  policy: EligibilityPolicy,
  nowSeconds: number,
): RuleMatch | null {
  const refusal = policy.earlierRefusals.get(instanceId);
  // Nearly all instances have neither.
  if (recentFailures.length === 0 && refusal === undefined) return null;
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
    return { rule: 9, reason: 'quarantined', evidence };
  }
  const refused = refusalInTheWay(refusal, { reclaimedAt, lastSuccessAt, nowSeconds });
  if (refused !== null) return { rule: 9, reason: 'quarantined', evidence: refused };
  const since = Math.max(reclaimedAt, lastSuccessAt ?? -Infinity);
  // One of an unknown time would put off the end for ever.
  const times = recentFailures.flatMap(({ createdAt }) => createdAt ?? []).filter((time) => time >= since);
  const eligibleAgainAt = Math.max(...times) + restAfterFailures(times.length);
  if (times.length === 0 || nowSeconds >= eligibleAgainAt) return null;
  return { rule: 9, reason: 'backing_off', evidence: { failedMigrations: times.length, eligibleAgainAt } };
}
