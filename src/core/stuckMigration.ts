import type { Decision } from './eligibility.js';
import type { Instance } from './instance.js';
import type { MigrationHistory } from './migrationHistory.js';

/** A migration that has been under way for too long. */
export interface StuckMigration {
  readonly instance: Instance;
  /** Null when the job list does not show it. */
  readonly jobId: string | null;
  /** When it began, in unix seconds. */
  readonly since: number;
  readonly ageSeconds: number;
}

/**
 * The migrations among what was decided about that have been under way for longer than a limit, the oldest first. One
 * whose beginning nobody knows is not judged. Where the job list does not show it, the instance has been migrating at the
 * longest since it was stopped or since its last job, which may have ended between the two readings.
 *
 * @param nowSeconds - unix seconds
 */
export function stuckMigrationsOf(
  decisions: readonly Decision[],
  nowSeconds: number,
  limitSeconds: number,
): readonly StuckMigration[] {
  return decisions
    .filter(({ reason }) => reason === 'migration_in_progress')
    .flatMap(({ instance, history }) => {
      const job = history?.openJob ?? null;
      const since = job === null ? sinceLastSeen(instance, history) : job.createdAt;
      if (since === null || nowSeconds - since <= limitSeconds) return [];
      return [{ instance, jobId: job?.id ?? null, since, ageSeconds: nowSeconds - since }];
    })
    .sort((one, other) => one.since - other.since);
}

/** Unix seconds; null when the job list was not read, which would have told of a migration that has just begun. */
function sinceLastSeen({ lastStoppedAt }: Instance, history: MigrationHistory | null): number | null {
  if (lastStoppedAt === null || history === null) return null;
  return Math.max(lastStoppedAt, ...history.recentJobs.map(({ createdAt }) => createdAt ?? Infinity));
}
