import { clockSlackSeconds } from './clock.js';
import { endOf, type Job } from './job.js';

/** What is known from before a migrate request was sent. */
export interface Before {
  readonly instanceId: string;
  /** Ids of the jobs that were listed before; empty when they could not be read. */
  readonly knownJobIds: ReadonlySet<string>;
  /** Unix seconds, by our own clock. */
  readonly requestedAt: number;
}

/** A migrate request that the provider accepted, or that a read afterwards shows to have taken effect. */
export interface AcceptedMigration extends Before {
  /** Null when neither the answer nor the job list named one. */
  readonly jobId: string | null;
  /** When the request that was accepted was sent, in unix seconds; `requestedAt` is that of the first one. */
  readonly sentAt: number;
}

/**
 * Any new job but an image's may be a migration, so it rules out that there was none.
 * A job without an id cannot be told from those that were listed before.
 */
export function isUnseenMigration({ id, instanceId, type }: Job, before: Before): boolean {
  return (
    instanceId === before.instanceId && type !== 'saveImage' && (id === '' || !before.knownJobIds.has(id))
  );
}

/**
 * The migration job that a request led to, found without its id: one of this instance that was not there before and
 * is no older than the request, as far as clocks agree; one that has failed must be no older by any clock, or an
 * earlier failure might be taken for that of this request. Of several, which others may have started since, the newest
 * tells how the instance fares.
 */
export function newMigrationJob(jobs: readonly Job[], before: Before): Job | null {
  const ours = jobs.filter(
    (job) => job.type === 'instanceMigrate' && isUnseenMigration(job, before) && isRecent(job, before),
  );
  const newestFirst = ours.sort(
    (one, other) => startOf(other) - startOf(one) || Number(hasFailed(one)) - Number(hasFailed(other)),
  );
  return newestFirst[0] ?? null;
}

/** The list may lag behind, so a job that is new to us may still be an old one. */
function isRecent(job: Job, { requestedAt }: Pick<Before, 'requestedAt'>): boolean {
  if (job.createdAt === null) return true;
  return job.createdAt >= requestedAt - (hasFailed(job) ? 0 : clockSlackSeconds);
}

/** How long after a request its job begins at most, in seconds: it may have been sent several times. */
const jobDelaySeconds = 600;

/** True for a job that may be that of a request, as far as its time tells. */
export function beganWith(job: Job, before: Pick<Before, 'requestedAt'>): boolean {
  return isRecent(job, before) && (job.createdAt ?? 0) <= before.requestedAt + jobDelaySeconds;
}

function startOf({ createdAt }: Job): number {
  return createdAt ?? Number.MAX_SAFE_INTEGER;
}

function hasFailed(job: Job): boolean {
  return endOf(job) === 'failed';
}
