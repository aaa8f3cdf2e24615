import { endOf, type Job } from './job.js';
import { type Before, isUnseenMigration, newMigrationJob } from './migrationJob.js';

/** What a read of the instance and of the job list showed after a migrate request without a usable answer. */
export interface Sighting {
  /** The instance's status; null when it could not be read. */
  readonly status: string | null;
  /** What could be read of the job list. */
  readonly jobs: readonly Job[];
  readonly jobsComplete: boolean;
}

/** `failed`: it took effect, and the migration has failed since. */
export type Finding = 'took_effect' | 'failed' | 'no_effect' | 'unclear';

export interface Evidence {
  readonly finding: Finding;
  /** The migration job that it led to; null when none is seen. */
  readonly job: Job | null;
}

/**
 * Tells from one sighting whether a migrate request took effect.
 *
 * It did when the instance is `migrating`, or when it has a migration job that was not there before. That it did
 * not is found only when both were read, the instance is still `exited` and no such job exists. Any other status
 * has other explanations, such as an owner who started the instance by hand, so it stays unclear.
 */
export function findEffect({ status, jobs, jobsComplete }: Sighting, before: Before): Evidence {
  const job = newMigrationJob(jobs, before);
  if (status === 'migrating') return { finding: 'took_effect', job };
  if (job !== null) return { finding: endOf(job) === 'failed' ? 'failed' : 'took_effect', job };
  const noneUnseen = !jobs.some((each) => isUnseenMigration(each, before));
  return { finding: status === 'exited' && jobsComplete && noneUnseen ? 'no_effect' : 'unclear', job: null };
}

/** Seen of an instance that is starting or has started. */
const startingStatuses: ReadonlySet<string> = new Set(['toStart', 'starting', 'pulling', 'running']);

/**
 * Tells from one sighting whether a start took effect. It leaves no job behind, so nothing shows that it did not: one
 * that failed at once looks like one that never was. `migrating` is the doing of somebody else.
 */
export function findStart({ status }: Pick<Sighting, 'status'>): Evidence {
  return { finding: startingStatuses.has(status ?? '') ? 'took_effect' : 'unclear', job: null };
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
