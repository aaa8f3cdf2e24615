import type { Instance } from './instance.js';
import { endOf, type Job } from './job.js';
import { type AcceptedMigration, newMigrationJob } from './migrationJob.js';
import { reclaimSeconds } from './reclaimTime.js';

/** A migration, or a start, that is followed until the instance runs. */
export interface FollowedMigration {
  readonly accepted: AcceptedMigration;
  /** The instance as it was listed before the request. */
  readonly listed: Instance;
}

/** How far a migration is known to have come. */
export type FollowState =
  /** Its job has not ended, or is not listed yet. */
  | {
      readonly kind: 'open';
      /** Null while it is not listed. */
      readonly jobState: string | null;
      /** How many readings of the job list did not have the job of the known id. */
      readonly missed: number;
    }
  /** It was started, for which there is no job; it was not seen running yet. */
  | { readonly kind: 'starting' }
  /** Its job has succeeded; the instance was not seen running yet. */
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'failed'; readonly job: Job }
  /** Its job has succeeded, but the instance was reclaimed again or is gone. */
  | { readonly kind: 'lost'; readonly why: LostAgain };

/** What may become of an instance before it is seen running. */
export type LostAgain = 'reclaimed_again' | 'gone';

/** How a migration stands when nothing was read yet. */
export const notSeenYet: FollowState = { kind: 'open', jobState: null, missed: 0 };

/** The same of a start. */
export const startNotSeenYet: FollowState = { kind: 'starting' };

/**
 * After so many readings without the job that the answer named, its id is taken for one of another kind: that the
 * answer to a migrate request names a job of the list was seen, but is not documented.
 */
const readingsWithoutJob = 3;

/** True when the instance itself tells how it goes on. */
export function awaitsInstance({ kind }: FollowState): boolean {
  return kind === 'succeeded' || kind === 'starting';
}

/** True when there is nothing more to be learnt. */
export function isOver({ kind }: FollowState): boolean {
  return kind === 'recovered' || kind === 'failed' || kind === 'lost';
}

/**
 * What a reading of the job list shows. A job that has succeeded stays so, whatever an older list says.
 *
 * @param jobs - may lag behind or lack rows: a job that is missing says nothing
 */
export function afterJobs(
  state: FollowState,
  { accepted }: FollowedMigration,
  jobs: readonly Job[],
): FollowState {
  if (state.kind !== 'open') return state;
  const isNamed = accepted.jobId !== null && accepted.jobId !== '';
  const named = isNamed ? jobs.find((job) => isNamedJob(job, accepted)) : undefined;
  const missed = isNamed && named === undefined ? state.missed + 1 : 0;
  const mayFind = !isNamed || missed >= readingsWithoutJob;
  const job = named ?? (mayFind ? newMigrationJob(jobs, accepted) : null);
  if (job === null) return { ...state, missed };
  const end = endOf(job);
  if (end === 'failed') return { kind: 'failed', job };
  return end === 'succeeded' ? { kind: 'succeeded' } : { kind: 'open', jobState: job.state, missed };
}

/**
 * What a reading of the instance shows, made after its job was seen to have succeeded, or after its start: `running`
 * can then be no state from before the request, at which the instance was exited. A reclaim that has come since is no recovery.
 *
 * @param instance - its spot fields may be absent; 'gone' when the provider does not know it any more
 */
export function afterInstance(
  state: FollowState,
  { listed }: FollowedMigration,
  instance: Instance | 'gone',
): FollowState {
  if (!awaitsInstance(state)) return state;
  if (instance === 'gone') return { kind: 'lost', why: 'gone' };
  if (isReclaimedAgain(listed, instance)) return { kind: 'lost', why: 'reclaimed_again' };
  return instance.status === 'running' ? { kind: 'recovered' } : state;
}

function isNamedJob({ id, instanceId }: Job, { jobId, instanceId: own }: AcceptedMigration): boolean {
  return id === jobId && instanceId === own;
}

function isReclaimedAgain(listed: Instance, now: Instance): boolean {
  const before = reclaimSeconds(listed.spotReclaimTime);
  const after = reclaimSeconds(now.spotReclaimTime);
  return after !== null && (before === null || after > before);
}
