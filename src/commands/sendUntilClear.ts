import { type Clock, nowSeconds } from '../core/clock.js';
import type { Failure } from '../core/failure.js';
import { jobFailure } from '../core/followedResult.js';
import type { Instance } from '../core/instance.js';
import type { Log } from '../core/log.js';
import type { AcceptedMigration, Before } from '../core/migrationJob.js';
import { ProviderError } from '../core/providerError.js';
import { type Backoff, type FailedAttempt, migrateRetryDelay } from '../core/retry.js';
import type { RunControl } from '../core/runControl.js';
import type { Journal } from './journal.js';
import type { Progress } from './progress.js';
import type { Accepted, Provider } from './provider.js';
import { recheck } from './recheck.js';
import { type FindEffect, settle } from './settle.js';

/** A request that changes something and that the provider would carry out twice when it got it twice. */
export interface ActingRequest {
  /** As the log calls it. */
  readonly name: 'migrate' | 'migrate_keeping_data' | 'start';
  readonly instance: Instance;
  /** Sends it once. */
  readonly send: (id: string) => Promise<Accepted>;
  /** Tells from a reading whether it took effect. */
  readonly findEffect: FindEffect;
}

export interface SendUntilClearInput {
  readonly provider: Pick<Provider, 'getInstance' | 'listJobs'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Journal;
  /** When the list was read, in unix ms. */
  readonly listedAtMs: number;
  readonly backoff: () => Backoff;
  /** How often the request may be sent in this run. */
  readonly attemptLimit: number;
  readonly control: RunControl;
  readonly progress: Progress;
}

/** What was asked for an instance before in this run. */
export interface SentBefore {
  readonly attempts: number;
  /** An attempt may have had an effect that no read showed; then a refusal of a later one may well be due to it. */
  readonly mayHaveActed: boolean;
}

export const nothingSentBefore: SentBefore = { attempts: 0, mayHaveActed: false };

/** How a request ended: accepted, certainly without effect, or nobody knows. */
export type RequestEnd = SentBefore &
  (
    | { readonly kind: 'accepted'; readonly accepted: AcceptedMigration; readonly dataKept: boolean | null }
    /** Reads showed that it, or an earlier one for the instance, took effect. */
    | { readonly kind: 'seen'; readonly accepted: AcceptedMigration }
    /** It took effect, and its job has failed since. */
    | { readonly kind: 'job_failed'; readonly failure: Failure }
    | { readonly kind: 'without_effect'; readonly failure: Failure }
    | { readonly kind: 'unclear'; readonly failure: Failure }
  );

type Next =
  | { readonly kind: 'seen'; readonly jobId: string | null }
  | { readonly kind: 'without_effect' | 'unclear' | 'job_failed'; readonly failure: Failure }
  | { readonly kind: 'send_again'; readonly delayMs: number; readonly failure: Failure };

/**
 * Sends a request that is not idempotent. It is sent again only when it certainly had no effect and the instance is as it
 * was listed; of a request without a usable answer, reading afterwards tells what became of it.
 */
export async function sendUntilClear(
  request: ActingRequest,
  before: Before,
  earlier: SentBefore,
  input: SendUntilClearInput,
): Promise<RequestEnd> {
  const { clock, log, control, progress } = input;
  const { instance } = request;
  const { id: instanceId, name } = instance;
  let { attempts, mayHaveActed } = earlier;
  let sentAt = nowSeconds(clock);
  let obstacle: Failure | null = null;
  for (let attempt = 1; ; attempt += 1) {
    if (obstacle === null) {
      attempts += 1;
      progress.changed(instance, { kind: 'sending', attempt: attempts });
      sentAt = nowSeconds(clock);
    }
    const sent = obstacle === null ? await send(request, instanceId, attempts, input) : notSent(obstacle);
    if (!('failure' in sent)) {
      const { jobId, dataKept } = sent;
      const accepted = { ...before, sentAt, jobId };
      return { kind: 'accepted', accepted, dataKept, attempts, mayHaveActed };
    }
    const settling = (): void => progress.changed(instance, { kind: 'settling' });
    const next = await judge({ ...sent, attempt }, request, before, mayHaveActed, { ...input, settling });
    mayHaveActed ||= sent.effect === 'possible';
    if (next.kind === 'seen') {
      const accepted = { ...before, sentAt, jobId: next.jobId };
      return { kind: 'seen', accepted, attempts, mayHaveActed };
    }
    if (next.kind !== 'send_again') return { ...next, attempts, mayHaveActed };

    const { failure, delayMs } = next;
    log.warn(
      'migrate_retried',
      `${instanceId} (${name}): ${failure.message}; sending again in ${delayMs} ms`,
      {
        instanceId,
        attempt: attempts,
        error: failure.code,
        delayMs,
      },
    );
    progress.changed(instance, { kind: 'waiting_to_send_again', delayMs });
    await clock.sleep(delayMs, control.stopping);
    // Meanwhile its owner, or another host, may have brought it back.
    obstacle = control.stopping.aborted ? null : await recheck(instance, input);
    if (control.stopping.aborted) return { kind: 'without_effect', failure, attempts, mayHaveActed };
  }
}

type NotAccepted = Omit<FailedAttempt, 'attempt'>;

function notSent(failure: Failure): NotAccepted {
  return { failure, effect: 'none', retryAfterMs: null };
}

/** Sends the request once, when the journal has it. */
async function send(
  { name, send: sendOnce }: ActingRequest,
  id: string,
  attempt: number,
  { clock, log, journal }: SendUntilClearInput,
): Promise<Accepted | NotAccepted> {
  await journal.intent(id, attempt);
  const startedAtMs = clock.now();
  const about = { instanceId: id, request: name };
  log.info('migrate_requested', `${id}: ${name.replaceAll('_', ' ')} requested`, { ...about, attempt });
  try {
    const accepted = await sendOnce(id);
    const durationMs = clock.now() - startedAtMs;
    const { jobId } = accepted;
    log.debug('migrate_answered', `${id}: the API accepted it`, { ...about, jobId, durationMs });
    return accepted;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { failure, effect, retryAfterMs } = error;
    const durationMs = clock.now() - startedAtMs;
    const code = failure.code;
    log.debug('migrate_answered', `${id}: ${failure.message}`, { ...about, error: code, durationMs });
    return { failure, effect, retryAfterMs };
  }
}

async function judge(
  failed: FailedAttempt,
  { findEffect }: ActingRequest,
  before: Before,
  mayHaveActed: boolean,
  input: SendUntilClearInput & { readonly settling: () => void },
): Promise<Next> {
  const { failure } = failed;
  const { control, backoff, attemptLimit } = input;
  let { effect } = failed;
  if (effect === 'possible' || mayHaveActed) {
    input.settling();
    const { finding, job } = await settle(before, {
      ...input,
      findEffect,
      baseMs: backoff().baseMs,
      cut: control.cut,
    });
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
