import { type EarlierMigration, type EarlierRuns, unsettledMigrations } from './earlierRuns.js';
import { endOf, type Job } from './job.js';
import { beganWith } from './migrationJob.js';

/** An earlier migration that has ended since, told once. */
export interface SettledMigration {
  readonly instanceId: string;
  /** Null when the job list does not name it. */
  readonly jobId: string | null;
  readonly state: 'succeeded' | 'failed';
  /** What the job says of its failure; null when it says nothing. */
  readonly error: string | null;
  /** When it was asked for, in unix seconds: by our own request, or else by the job. */
  readonly requestedAt: number;
}

export interface SettleInput {
  /** Of the whole account, as the list showed them before this run asked for anything. */
  readonly jobs: readonly Job[];
  readonly earlier: EarlierRuns;
  /** True for an instance that this run is about. */
  readonly isConsidered: (instanceId: string) => boolean;
  /** When this run began, in unix seconds. */
  readonly startedSeconds: number;
  /** How often runs come, in seconds. */
  readonly intervalSeconds: number;
}

/**
 * Finds the migrations of earlier runs, of whatever host, that have ended and were not told of yet.
 *
 * What the journal of this host knows to be unsettled is told whenever it has ended. The job list says when a job began
 * and not when it ended, so of all others those count that began since the run before: one that takes longer than that
 * is told by the host whose journal has it. Without a journal, the run before was one interval ago.
 */
export function settledMigrations(input: SettleInput): readonly SettledMigration[] {
  const { jobs, earlier, startedSeconds, intervalSeconds } = input;
  const sinceSeconds = Math.min(earlier.lastRunAt ?? Infinity, startedSeconds - intervalSeconds);
  const open = new Set(unsettledMigrations(earlier, startedSeconds));
  const listedIds = new Set(jobs.map(({ id }) => id));
  const settled: SettledMigration[] = [];
  for (const job of [...jobs].sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0))) {
    if (job.type !== 'instanceMigrate') continue;
    const own = migrationOf(job, open, listedIds);
    // Only one job is that of a request.
    if (own !== null) open.delete(own);
    const state = endOf(job);
    if (state === 'open' || earlier.toldJobIds.has(job.id)) continue;
    if (own === null && !isRecent(job, sinceSeconds, input)) continue;
    settled.push({
      instanceId: job.instanceId,
      jobId: job.id === '' ? null : job.id,
      state,
      error: state === 'failed' && job.errorMessage !== '' ? job.errorMessage : null,
      requestedAt: own?.requestedAt ?? job.createdAt ?? startedSeconds,
    });
  }
  return settled;
}

/** By its id; where neither the answer nor the list named one that the other knows, by its time. */
function migrationOf(
  job: Job,
  open: ReadonlySet<EarlierMigration>,
  listedIds: ReadonlySet<string>,
): EarlierMigration | null {
  const candidates = [...open].filter(({ instanceId }) => instanceId === job.instanceId);
  const named = candidates.find(({ jobId }) => jobId !== null && jobId === job.id);
  const isUnnamed = ({ jobId }: EarlierMigration): boolean => jobId === null || !listedIds.has(jobId);
  return named ?? candidates.findLast((each) => isUnnamed(each) && beganWith(job, each)) ?? null;
}

/** Began since the run before, and is not one that a run of this host has told of already. */
function isRecent(job: Job, sinceSeconds: number, { earlier, isConsidered }: SettleInput): boolean {
  const { createdAt, instanceId } = job;
  if (createdAt === null || createdAt < sinceSeconds || !isConsidered(instanceId)) return false;
  return !earlier.migrations.some(
    (each) => each.isTold && each.instanceId === instanceId && each.jobId === null && beganWith(job, each),
  );
}
