import { type Clock, nowSeconds } from '../core/clock.js';
import type { Failure } from '../core/failure.js';
import { idWithName, type Instance } from '../core/instance.js';
import type { Log } from '../core/log.js';
import type { AcceptedMigration, Before } from '../core/migrationJob.js';
import { ProviderError } from '../core/providerError.js';
import type { Backoff, FailedAttempt } from '../core/retry.js';
import type { RunControl } from '../core/runControl.js';
import type { Journal } from './journal.js';
import { judgeAttempt, type SendAgain } from './judgeAttempt.js';
import type { Progress } from './progress.js';
import type { Accepted, Provider } from './provider.js';
import { recheck } from './recheck.js';
import type { FindEffect } from './settle.js';

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
  const { clock, control, progress } = input;
  const { instance } = request;
  let { attempts, mayHaveActed } = earlier;
  let sentAt = nowSeconds(clock);
  const sendNow = async (): Promise<Accepted | NotAccepted> => {
    attempts += 1;
    progress.changed(instance, { kind: 'sending', attempt: attempts });
    sentAt = nowSeconds(clock);
    return await send(request, attempts, input);
  };

  let sent = await sendNow();
  for (let attempt = 1; ; attempt += 1) {
    if (!('failure' in sent)) {
      const { jobId, dataKept } = sent;
      const accepted = { ...before, sentAt, jobId };
      return { kind: 'accepted', accepted, dataKept, attempts, mayHaveActed };
    }
    const next = await judgeAttempt({ ...sent, attempt }, request, before, mayHaveActed, input);
    mayHaveActed ||= sent.effect === 'possible';
    if (next.kind === 'seen') {
      const accepted = { ...before, sentAt, jobId: next.jobId };
      return { kind: 'seen', accepted, attempts, mayHaveActed };
    }
    if (next.kind !== 'send_again') return { ...next, attempts, mayHaveActed };

    await waitToSendAgain(instance, attempts, next, input);
    // Meanwhile its owner, or another host, may have brought it back.
    const obstacle = control.stopping.aborted ? null : await recheck(instance, input);
    if (control.stopping.aborted) {
      return { kind: 'without_effect', failure: next.failure, attempts, mayHaveActed };
    }
    sent = obstacle === null ? await sendNow() : notSent(obstacle);
  }
}

async function waitToSendAgain(
  instance: Instance,
  attempts: number,
  { delayMs, failure }: SendAgain,
  { clock, log, control, progress }: SendUntilClearInput,
): Promise<void> {
  log.warn('migrate_retried', `${idWithName(instance)}: ${failure.message}; sending again in ${delayMs} ms`, {
    instanceId: instance.id,
    attempt: attempts,
    error: failure.code,
    delayMs,
  });
  progress.changed(instance, { kind: 'waiting_to_send_again', delayMs });
  await clock.sleep(delayMs, control.stopping);
}

type NotAccepted = Omit<FailedAttempt, 'attempt'>;

function notSent(failure: Failure): NotAccepted {
  return { failure, effect: 'none', retryAfterMs: null };
}

/** Sends the request once, when the journal has it. */
async function send(
  { name, instance, send: sendOnce }: ActingRequest,
  attempt: number,
  { clock, log, journal }: SendUntilClearInput,
): Promise<Accepted | NotAccepted> {
  const { id } = instance;
  await journal.intent(id, attempt);
  const startedAtMs = clock.now();
  const about = { instanceId: id, request: name };
  const who = idWithName(instance);
  log.info('migrate_requested', `${who}: ${name.replaceAll('_', ' ')} requested`, { ...about, attempt });
  try {
    const accepted = await sendOnce(id);
    const durationMs = clock.now() - startedAtMs;
    const { jobId } = accepted;
    log.debug('migrate_answered', `${who}: the API accepted it`, { ...about, jobId, durationMs });
    return accepted;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { failure, effect, retryAfterMs } = error;
    const durationMs = clock.now() - startedAtMs;
    const code = failure.code;
    log.debug('migrate_answered', `${who}: ${failure.message}`, { ...about, error: code, durationMs });
    return { failure, effect, retryAfterMs };
  }
}
