import type { Decision, Reason } from './eligibility.js';
import type { Instance } from './instance.js';
import { reclaimSeconds } from './reclaimTime.js';
import type { Followed, InstanceResult } from './summary.js';

/** How far back a recovery counts among the recent ones, in seconds. */
export const recoveryWindowSeconds = 24 * 60 * 60;

/** Reasons that say nothing against an instance being down because of its reclaim. */
const downReasons: ReadonlySet<Reason> = new Set([
  'reclaimed',
  'migration_in_progress',
  'cooldown',
  'quarantined',
  'backing_off',
  'local_data',
  'data_not_kept',
]);

/** How long instances are and were down because of a reclaim. Times are seconds. */
export interface Outages {
  /** Instances that were reclaimed and do not run again, whether or not they are being migrated. */
  readonly down: number;
  /** How long the longest of them has been down; 0 when there is none. */
  readonly longestSeconds: number;
  /** From reclaim to running, of each instance that came back within the last 24 hours. */
  readonly recoveries: readonly number[];
  /** Instances that the provider has announced to reclaim, or is reclaiming. */
  readonly reclaimNotices: number;
}

/**
 * Counts outages as their owner sees them: from the reclaim until the instance runs. Instances that the filters
 * leave out do not count.
 *
 * @param nowSeconds - unix seconds
 */
export function outagesOf(results: readonly InstanceResult[], nowSeconds: number): Outages {
  const considered = results.filter(({ decision }) => decision.reason !== 'excluded');
  const downSince = considered
    .filter(({ outcome }) => outcome !== 'recovered')
    .flatMap(({ decision }) => downSinceOf(decision, nowSeconds));
  return {
    down: downSince.length,
    longestSeconds: downSince.length === 0 ? 0 : nowSeconds - Math.min(...downSince),
    recoveries: considered.flatMap(({ decision, followed }) => [
      ...recoverySeconds(decision, nowSeconds),
      ...seenRecovery(followed),
    ]),
    reclaimNotices: considered.filter(({ decision }) => hasReclaimNotice(decision)).length,
  };
}

/** Nobody has work to save on these. */
const notUsable: ReadonlySet<string> = new Set([
  'exited',
  'migrating',
  'toStop',
  'stopping',
  'toRemove',
  'removing',
  'removed',
]);

/** True for an instance that is in use and that the provider has announced to reclaim. */
export function hasReclaimNotice({
  instance: { status, spotStatus },
}: {
  readonly instance: Pick<Instance, 'status' | 'spotStatus'>;
}): boolean {
  return !notUsable.has(status) && (spotStatus === 'notified' || spotStatus === 'reclaiming');
}

function downSinceOf({ instance, reason }: Decision, nowSeconds: number): readonly number[] {
  const { status, spotReclaimTime, lastStartedAt } = instance;
  const reclaimedAt = reclaimSeconds(spotReclaimTime);
  const isDown = (status === 'exited' || status === 'migrating') && downReasons.has(reason);
  if (!isDown || reclaimedAt === null) return [];
  // It has run since, so what it is down for now is something else.
  if (lastStartedAt !== null && lastStartedAt > reclaimedAt) return [];
  return [Math.min(reclaimedAt, nowSeconds)];
}

/** One that this run saw: it was down when it was listed. */
function seenRecovery(followed: Followed | undefined): readonly number[] {
  const seconds = followed?.recoveredAfterReclaimSeconds ?? null;
  return seconds === null ? [] : [seconds];
}

/**
 * From reclaim to running. Whether the provider keeps the reclaim time of an instance that runs again was never
 * seen; where it does not, a migration between the last stop and the last start stands for it.
 */
function recoverySeconds({ instance, history }: Decision, nowSeconds: number): readonly number[] {
  const { status, spotReclaimTime, lastStartedAt, lastStoppedAt } = instance;
  if (status !== 'running' || lastStartedAt === null) return [];
  if (lastStartedAt > nowSeconds || lastStartedAt < nowSeconds - recoveryWindowSeconds) return [];
  const reclaimedAt = reclaimSeconds(spotReclaimTime);
  if (reclaimedAt !== null) {
    return reclaimedAt < lastStartedAt ? [lastStartedAt - reclaimedAt] : [];
  }
  const migratedAt = history?.lastSuccessAt ?? null;
  const wasMigrated =
    lastStoppedAt !== null &&
    migratedAt !== null &&
    lastStoppedAt <= migratedAt &&
    migratedAt <= lastStartedAt;
  return wasMigrated ? [lastStartedAt - lastStoppedAt] : [];
}
