import type { Failure } from '../core/failure.js';
import { jobFailure } from '../core/followedResult.js';
import type { Before } from '../core/migrationJob.js';
import { type FailedAttempt, migrateRetryDelay } from '../core/retry.js';
import type { ActingRequest, SendUntilClearInput } from './sendUntilClear.js';
import { settle } from './settle.js';

/** To be sent again after a while. */
export interface SendAgain {
  readonly kind: 'send_again';
  readonly delayMs: number;
  readonly failure: Failure;
}

/** What follows from a request that was not accepted. */
export type Judgement =
  | SendAgain
  /** It took effect all the same. */
  | { readonly kind: 'seen'; readonly jobId: string | null }
  | { readonly kind: 'without_effect' | 'unclear' | 'job_failed'; readonly failure: Failure };

/**
 * Finds out what became of a request that was not accepted, by reading where it may have had an effect.
 *
 * @param mayHaveActed - an earlier request for the instance may have had an effect, too
 */
export async function judgeAttempt(
  failed: FailedAttempt,
  { instance, findEffect }: ActingRequest,
  before: Before,
  mayHaveActed: boolean,
  input: SendUntilClearInput,
): Promise<Judgement> {
  const { failure } = failed;
  const { control, backoff, attemptLimit, progress } = input;
  let { effect } = failed;
  if (effect === 'possible' || mayHaveActed) {
    progress.changed(instance, { kind: 'settling' });
    const settling = { ...input, instance, findEffect, baseMs: backoff().baseMs, cut: control.cut };
    const { finding, job } = await settle(before, settling);
    if (finding === 'took_effect') return { kind: 'seen', jobId: job?.id ?? null };
    if (finding === 'failed') return { kind: 'job_failed', failure: jobFailure(job) };
    if (finding === 'unclear') return { kind: 'unclear', failure };
    // An error answer is the end of its request. One that got no answer may still be on its way.
    if (failure.category === 'server') effect = 'none';
  }
  if (effect === 'possible') return { kind: 'unclear', failure };
  const delayMs = control.stopping.aborted
    ? null
    : migrateRetryDelay({ ...failed, effect }, backoff(), attemptLimit, control.remainingMs());
  return delayMs === null ? { kind: 'without_effect', failure } : { kind: 'send_again', delayMs, failure };
}
