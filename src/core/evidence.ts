import type { Job } from './job.js';

/** What a read of the instance and of the job list showed after a migrate request without a usable answer. */
export interface Sighting {
  /** The instance's status; null when it could not be read. */
  readonly status: string | null;
  /** What could be read of the job list. */
  readonly jobs: readonly Job[];
  readonly jobsComplete: boolean;
}

/** What is known from before the request was sent. */
export interface Before {
  readonly instanceId: string;
  /** Ids of the jobs that were listed before; empty when they could not be read. */
  readonly knownJobIds: ReadonlySet<string>;
  /** Unix seconds, by our own clock. */
  readonly requestedAt: number;
}

export type Finding = 'took_effect' | 'no_effect' | 'unclear';

/** How far the provider's clock and ours may differ. */
const clockSlackSeconds = 60;

/**
 * Tells from one sighting whether a migrate request took effect.
 *
 * It did when the instance is `migrating`, or when it has a migration job that was not there before. That it did
 * not is found only when both were read, the instance is still `exited` and no such job exists. Any other status
 * has other explanations, such as an owner who started the instance by hand, so it stays unclear.
 */
export function findEffect({ status, jobs, jobsComplete }: Sighting, before: Before): Finding {
  const unseen = jobs.filter((job) => isUnseenMigration(job, before));
  const ours = unseen.filter(({ type }) => type === 'instanceMigrate');
  if (status === 'migrating' || ours.some((job) => isRecent(job, before))) return 'took_effect';
  return status === 'exited' && jobsComplete && unseen.length === 0 ? 'no_effect' : 'unclear';
}

/**
 * Any new job but an image's may be a migration, so it rules out that there was none.
 * A job without an id cannot be told from those that were listed before.
 */
function isUnseenMigration({ id, instanceId, type }: Job, before: Before): boolean {
  return (
    instanceId === before.instanceId && type !== 'saveImage' && (id === '' || !before.knownJobIds.has(id))
  );
}

/** The list may lag behind, so a job that is new to us may still be an old one. */
function isRecent({ createdAt }: Job, { requestedAt }: Before): boolean {
  return createdAt === null || createdAt >= requestedAt - clockSlackSeconds;
}

const readMultiples = [4, 8, 16] as const;
/** How long it may take in all to settle a request, in ms. */
export const settleLimitMs = 30_000;

/**
 * The waits before each read that settles a request without a usable answer, in ms: 4, 8 and 16 times the base
 * of the backoff, and never more than 30 s in all.
 */
export function settleWaits(baseMs: number): readonly number[] {
  const wanted = readMultiples.reduce((sum, multiple) => sum + multiple * baseMs, 0);
  const scale = Math.min(1, settleLimitMs / wanted);
  return readMultiples.map((multiple) => Math.floor(multiple * baseMs * scale));
}
