import { type Failure, failureOf } from './failure.js';
import type { FollowState } from './follow.js';
import type { Job } from './job.js';
import { reclaimSeconds } from './reclaimTime.js';
import type { InstanceResult } from './summary.js';

export interface FollowedFor {
  readonly state: FollowState;
  /** For how long, in ms: until its end was seen, or until following ended. */
  readonly followedMs: number;
  /** When that was, in unix seconds. */
  readonly seenAt: number;
}

/** What became of an instance whose accepted migration was followed. */
export function followedResult(
  result: InstanceResult,
  { state, followedMs, seenAt }: FollowedFor,
): InstanceResult {
  const seconds = Math.round(followedMs / 1000);
  const lostAgain = state.kind === 'lost' ? state.why : null;
  const inProgress = {
    seconds,
    recoveredAfterSeconds: null,
    recoveredAfterReclaimSeconds: null,
    lostAgain,
  };
  if (state.kind === 'failed')
    return { ...result, outcome: 'failed', failure: jobFailure(state.job), followed: inProgress };
  if (state.kind !== 'recovered') return { ...result, followed: inProgress };
  const { decision, accepted } = result;
  const reclaimedAt = reclaimSeconds(decision.instance.spotReclaimTime);
  return {
    ...result,
    outcome: 'recovered',
    followed: {
      seconds,
      recoveredAfterSeconds: Math.max(0, seenAt - (accepted?.sentAt ?? seenAt)),
      recoveredAfterReclaimSeconds: reclaimedAt === null ? null : Math.max(0, seenAt - reclaimedAt),
      lostAgain,
    },
  };
}

/** Why an accepted migration failed, in the words of its job. */
export function jobFailure(job: Job | null): Failure {
  return failureOf('migration_failed', { detail: job?.errorMessage ?? '' });
}
