import { type Clock, nowSeconds } from '../core/clock.js';
import { describeDuration } from '../core/duration.js';
import { isOver, notSeenYet, startNotSeenYet } from '../core/follow.js';
import { followedResult } from '../core/followedResult.js';
import { followLimitMs, nextLookMs } from '../core/followTiming.js';
import type { Log } from '../core/log.js';
import { stopsTheRun } from '../core/strategies.js';
import { ProviderError } from '../core/providerError.js';
import type { Backoff } from '../core/retry.js';
import type { RunControl } from '../core/runControl.js';
import type { InstanceResult } from '../core/summary.js';
import { logFollowEnd, logFollowed, type FollowEnd } from './followLog.js';
import { look, type LookInput, type Tracked } from './followLook.js';
import { showFollowed, watched } from './followProgress.js';
import type { Journal } from './journal.js';
import type { Progress } from './progress.js';
import { withinTime } from './timeLimit.js';

export interface FollowInput extends Omit<LookInput, 'signal'> {
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Journal;
  readonly progress: Progress;
  readonly backoff: () => Backoff;
  readonly control: Pick<RunControl, 'stopping'>;
  /** How long accepted migrations are followed, in seconds; 0 for not at all. */
  readonly waitSeconds: number;
  /** When the run has to be over, in unix ms. */
  readonly deadlineMs: number;
}

export interface FollowResult {
  readonly results: readonly InstanceResult[];
  readonly warnings: readonly string[];
}

/** Looks that fail in a row, each of them tried several times, after which nothing more is read. */
const failedLooks = 3;

interface TimedMigration extends Tracked {
  /** When it was last seen to change, in unix ms. */
  seenAtMs: number;
}

/**
 * Follows accepted migrations until each instance runs or its migration has failed, or the time is up. Nothing that
 * the API does ends the run: what is not known in the end stays `migrated` or `started`.
 */
export async function follow(results: readonly InstanceResult[], input: FollowInput): Promise<FollowResult> {
  const { clock, control, waitSeconds, deadlineMs } = input;
  const startedAtMs = clock.now();
  const limitMs = followLimitMs(waitSeconds, deadlineMs - startedAtMs);
  const all = results.flatMap((result) => toFollow(result, startedAtMs));
  if (all.length === 0 || limitMs === 0 || control.stopping.aborted) return { results, warnings: [] };

  const count = all.length === 1 ? '1 migration' : `${all.length} migrations`;
  input.log.info(
    'follow_started',
    `Following ${count} for up to ${describeDuration(Math.round(limitMs / 1000))}`,
    { migrations: all.length, limitMs },
  );
  const end = await watched(
    all.map(({ migration }) => migration.listed),
    input.progress,
    () =>
      withinTime(clock, limitMs, control.stopping, (over) =>
        lookUntilOver(all, { ...input, limitMs, startedAtMs, over }),
      ),
  );
  const endedAtMs = clock.now();
  const warnings = logFollowEnd({ end, states: all, followedMs: endedAtMs - startedAtMs }, input.log);
  const followedById = new Map(all.map((each) => [each.migration.listed.id, each]));
  return {
    warnings,
    results: results.map((result) => {
      const own = followedById.get(result.decision.instance.id);
      if (own === undefined) return result;
      const seenAtMs = isOver(own.state) ? own.seenAtMs : endedAtMs;
      const followed = followedResult(result, {
        state: own.state,
        followedMs: seenAtMs - startedAtMs,
        seenAt: Math.floor(seenAtMs / 1000),
      });
      const { outcome, failure } = followed;
      if (outcome !== null && outcome !== result.outcome)
        input.journal.result(result.decision.instance.id, outcome, failure, result.accepted?.jobId);
      return followed;
    }),
  };
}

/** What is to be followed of a result; nothing, where no migration and no start was accepted. */
function toFollow(result: InstanceResult, startedAtMs: number): readonly TimedMigration[] {
  const { decision, outcome, accepted } = result;
  if (accepted === undefined || (outcome !== 'migrated' && outcome !== 'started')) return [];
  const state = outcome === 'started' ? startNotSeenYet : notSeenYet;
  return [{ migration: { accepted, listed: decision.instance }, state, seenAtMs: startedAtMs }];
}

interface Looking extends FollowInput {
  readonly startedAtMs: number;
  readonly limitMs: number;
  readonly over: AbortSignal;
}

async function lookUntilOver(all: readonly TimedMigration[], input: Looking): Promise<FollowEnd> {
  const { clock, control, limitMs, startedAtMs, over } = input;
  const earlyEnd = (): FollowEnd | null => {
    if (!over.aborted) return null;
    return control.stopping.aborted ? 'stopped' : 'time_up';
  };
  let failuresInRow = 0;
  for (let number = 1; ; number += 1) {
    const leftMs = startedAtMs + limitMs - clock.now();
    const delayMs = nextLookMs(number, { leftMs, limitMs }, input.backoff());
    if (delayMs === null) return 'time_up';
    await clock.sleep(delayMs, over);
    const endedWaiting = earlyEnd();
    if (endedWaiting !== null) return endedWaiting;
    try {
      await lookOnce(all, input);
      failuresInRow = 0;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      const endedLooking = earlyEnd();
      if (endedLooking !== null) return endedLooking;
      failuresInRow += 1;
      if (stopsTheRun(error.failure) || failuresInRow >= failedLooks) return error.failure;
    }
    if (all.every(({ state }) => isOver(state))) return 'all_known';
  }
}

function lookOnce(all: readonly TimedMigration[], input: Looking): Promise<void> {
  const { clock, log, over } = input;
  const left = all.filter(({ state }) => !isOver(state));
  return look(left, { ...input, signal: over }, (one, before) => {
    const { migration, state } = one;
    if (!logFollowed(migration, { before, state, now: nowSeconds(clock) }, log)) return;
    one.seenAtMs = clock.now();
    showFollowed(migration.listed, state, input.progress);
  });
}
