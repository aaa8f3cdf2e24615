import { endOf, type Job } from './job.js';

const blockingJobTypes = new Set(['instanceMigrate', 'autoInstanceMigrate', 'saveImage']);
const migrationJobTypes = new Set(['instanceMigrate', 'autoInstanceMigrate']);

/** How far back failed migrations count towards quarantine. */
export const failureWindowSeconds = 24 * 60 * 60;

/** What the provider's job list says about one instance. */
export interface MigrationHistory {
  /** A migration or image job that has not ended. */
  readonly openJob: Job | null;
  /** Unix seconds of the newest migration that succeeded. */
  readonly lastSuccessAt: number | null;
  /** Migrations that failed within the last 24 hours, oldest first. */
  readonly recentFailures: readonly Job[];
  /** Migrations of the last 24 hours and whatever is open, newest first. */
  readonly recentJobs: readonly Job[];
}

export const emptyHistory: MigrationHistory = {
  openJob: null,
  lastSuccessAt: null,
  recentFailures: [],
  recentJobs: [],
};

/**
 * Groups the job list by instance.
 *
 * What is not known errs towards leaving an instance alone: a job of unknown state counts as open, a job of
 * unknown type may be a migration, and a job without a time counts as having just happened.
 *
 * @param nowSeconds - unix seconds
 */
export function historyByInstance(
  jobs: readonly Job[],
  nowSeconds: number,
): ReadonlyMap<string, MigrationHistory> {
  const jobsByInstance = new Map<string, Job[]>();
  for (const job of jobs) {
    const known = jobsByInstance.get(job.instanceId);
    if (known) known.push(job);
    else jobsByInstance.set(job.instanceId, [job]);
  }
  return new Map([...jobsByInstance].map(([id, own]) => [id, historyOf(own, nowSeconds)]));
}

function historyOf(jobs: readonly Job[], nowSeconds: number): MigrationHistory {
  const createdAt = (job: Job): number => job.createdAt ?? nowSeconds;
  const migrations = jobs.filter(isMigration);
  const isRecent = (job: Job): boolean => createdAt(job) > nowSeconds - failureWindowSeconds;
  const byTime = (one: Job, other: Job): number => createdAt(one) - createdAt(other);
  const successes = migrations.filter((job) => endOf(job) === 'succeeded').map(createdAt);
  return {
    openJob: jobs.find(isOpenAndBlocking) ?? null,
    lastSuccessAt: successes.length > 0 ? Math.max(...successes) : null,
    recentFailures: migrations.filter((job) => endOf(job) === 'failed' && isRecent(job)).sort(byTime),
    recentJobs: jobs
      .filter((job) => isOpenAndBlocking(job) || (isMigration(job) && isRecent(job)))
      .sort((one, other) => byTime(other, one)),
  };
}

/** A job of unknown type may be one. */
function isMigration({ type }: Job): boolean {
  return type === null || migrationJobTypes.has(type);
}

function isOpenAndBlocking(job: Job): boolean {
  return (job.type === null || blockingJobTypes.has(job.type)) && endOf(job) === 'open';
}
