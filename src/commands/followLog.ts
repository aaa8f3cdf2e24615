import { describeDuration } from '../core/duration.js';
import type { Failure } from '../core/failure.js';
import type { FollowedMigration, FollowState } from '../core/follow.js';
import { jobFailure } from '../core/followedResult.js';
import { idWithName } from '../core/instance.js';
import type { Log } from '../core/log.js';

/** Why following ended; a failure when the provider could not be read. */
export type FollowEnd = 'all_known' | 'time_up' | 'stopped' | Failure;

export interface FollowChange {
  readonly before: FollowState;
  readonly state: FollowState;
  /** Unix seconds. */
  readonly now: number;
}

/**
 * Logs what was seen of a migration, when it is anything new.
 *
 * @returns whether it is
 */
export function logFollowed(
  { accepted, listed }: FollowedMigration,
  { before, state, now }: FollowChange,
  log: Log,
): boolean {
  if (before.kind === state.kind && jobStateOf(before) === jobStateOf(state)) return false;
  const bad = state.kind === 'failed' || state.kind === 'lost';
  const seconds = Math.max(0, now - accepted.sentAt);
  const after = `${describeDuration(seconds)} after its request`;
  log[bad ? 'warn' : 'info']('follow_seen', `${idWithName(listed)}: ${describeState(state)}, ${after}`, {
    instanceId: listed.id,
    state: state.kind,
    jobState: jobStateOf(state),
    secondsSinceRequest: seconds,
  });
  return true;
}

export interface EndOfFollowing {
  readonly end: FollowEnd;
  readonly states: readonly { readonly migration: FollowedMigration; readonly state: FollowState }[];
  readonly followedMs: number;
}

/**
 * Logs how following ended.
 *
 * @returns what an operator should know of it
 */
export function logFollowEnd({ end, states, followedMs }: EndOfFollowing, log: Log): readonly string[] {
  const count = (...kinds: readonly FollowState['kind'][]): number =>
    states.filter(({ state }) => kinds.includes(state.kind)).length;
  const recovered = count('recovered');
  const failed = count('failed');
  const inProgress = count('open', 'succeeded', 'starting');
  const lost = count('lost');
  const parts = [
    `${recovered} recovered`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(inProgress > 0 ? [`${inProgress} still in progress`] : []),
    ...(lost > 0 ? [`${lost} lost`] : []),
  ];
  const took = describeDuration(Math.round(followedMs / 1000));
  log.info('follow_ended', `Followed for ${took}: ${parts.join(', ')}${why(end)}`, {
    recovered,
    failed,
    inProgress,
    lost,
    followedMs,
    end: typeof end === 'string' ? end : 'unreadable',
  });
  return [
    ...(typeof end === 'string' ? [] : [unreadable(end, log)]),
    ...states.flatMap(({ migration: { listed }, state }) =>
      state.kind === 'lost' ? [`${idWithName(listed)}: ${describeState(state)}.`] : [],
    ),
  ];
}

function unreadable(failure: Failure, log: Log): string {
  const warning = `Migrations could not be followed to their end (${failure.message}): the next run sees how they ended.`;
  log.warn('observation_warning', warning, { error: failure.code });
  return warning;
}

function why(end: FollowEnd): string {
  if (end === 'time_up') return '; the time is up';
  return end === 'stopped' ? '; the run has to end' : '';
}

function describeState(state: FollowState): string {
  switch (state.kind) {
    case 'open':
      return state.jobState === null ? 'its migration is not listed' : `its migration is ${state.jobState}`;
    case 'succeeded':
      return 'its migration has succeeded and it is about to run';
    case 'starting':
      return 'was started and is about to run';
    case 'recovered':
      return 'runs again';
    case 'failed':
      return jobFailure(state.job).message;
    case 'lost':
      return state.why === 'gone'
        ? 'is gone since it was brought back'
        : 'was reclaimed again since it was brought back';
  }
}

function jobStateOf(state: FollowState): string | null {
  return state.kind === 'open' ? state.jobState : null;
}
