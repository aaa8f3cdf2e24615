import { type Clock, nowSeconds } from '../core/clock.js';
import type { Decision } from '../core/eligibility.js';
import type { Failure } from '../core/failure.js';
import { jobFailure } from '../core/followedResult.js';
import type { Log } from '../core/log.js';
import type { AcceptedMigration, Before } from '../core/migrationJob.js';
import { type Effect, type Outcome, outcomeOfFailure } from '../core/outcome.js';
import { ProviderError } from '../core/providerError.js';
import { type Backoff, type FailedAttempt, migrateRetryDelay } from '../core/retry.js';
import type { RunControl } from '../core/runControl.js';
import type { InstanceResult } from '../core/summary.js';
import type { Journal } from './journal.js';
import type { Progress } from './progress.js';
import type { Provider } from './provider.js';
import { settle } from './settle.js';

export interface MigrateInstanceInput {
  readonly provider: Pick<Provider, 'migrateInstance' | 'getInstance' | 'listJobs'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Journal;
  readonly backoff: () => Backoff;
  /** How often the request may be sent in this run. */
  readonly attemptLimit: number;
  readonly control: RunControl;
  readonly progress: Progress;
}

type Next =
  /** Null for a migration without a known job. */
  | { readonly kind: 'accepted'; readonly jobId: string | null }
  | { readonly kind: 'ended'; readonly outcome: Outcome; readonly failure: Failure | null }
  | { readonly kind: 'send_again'; readonly delayMs: number; readonly failure: Failure };

/**
 * Migrates one instance. The request is not idempotent, so it is sent again only when it certainly had no effect;
 * of a request without a usable answer, reading afterwards tells what became of it.
 *
 * @param knownJobIds - the jobs that were listed before
 */
export async function migrateInstance(
  decision: Decision,
  knownJobIds: ReadonlySet<string>,
  input: MigrateInstanceInput,
): Promise<InstanceResult> {
  const { clock, log, control, progress } = input;
  const { instance } = decision;
  const { id, name } = instance;
  const before = { instanceId: id, knownJobIds, requestedAt: nowSeconds(clock) };

  let unclearBefore = false;
  for (let attempt = 1; ; attempt += 1) {
    progress.changed(instance, { kind: 'sending', attempt });
    const sentAt = nowSeconds(clock);
    const answer = await send(id, attempt, input);
    const settling = (): void => progress.changed(instance, { kind: 'settling' });
    const next =
      'kind' in answer ? answer : await judge(answer, before, unclearBefore, { ...input, settling });
    unclearBefore ||= 'effect' in answer && answer.effect === 'possible';
    if (next.kind === 'accepted') {
      const accepted: AcceptedMigration = { ...before, sentAt, jobId: next.jobId };
      return { ...finish(decision, 'migrated', attempt, null, input, next.jobId), accepted };
    }
    if (next.kind === 'ended') return finish(decision, next.outcome, attempt, next.failure, input);

    const { failure, delayMs } = next;
    log.warn('migrate_retried', `${id} (${name}): ${failure.message}; sending again in ${delayMs} ms`, {
      instanceId: id,
      attempt,
      error: failure.code,
      delayMs,
    });
    progress.changed(instance, { kind: 'waiting_to_send_again', delayMs });
    await clock.sleep(delayMs, control.stopping);
    if (control.stopping.aborted) {
      return finish(decision, outcomeOfFailure(failure, 'none'), attempt, failure, input);
    }
  }
}

/** Sends the request once. */
async function send(id: string, attempt: number, input: MigrateInstanceInput): Promise<Next | FailedAttempt> {
  const { provider, clock, log, journal } = input;
  await journal.intent(id, attempt);
  const startedAtMs = clock.now();
  log.info('migrate_requested', `${id}: migrate requested`, { instanceId: id, attempt });
  try {
    const { jobId } = await provider.migrateInstance(id);
    const durationMs = clock.now() - startedAtMs;
    log.debug('migrate_answered', `${id}: the API accepted it`, { instanceId: id, jobId, durationMs });
    return { kind: 'accepted', jobId };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { failure, effect, retryAfterMs } = error;
    const durationMs = clock.now() - startedAtMs;
    log.debug('migrate_answered', `${id}: ${failure.message}`, {
      instanceId: id,
      error: failure.code,
      durationMs,
    });
    return { attempt, failure, effect, retryAfterMs };
  }
}

/**
 * @param unclearBefore - an earlier attempt may have had an effect that no read showed; then a refusal of this one
 *   may well be due to it
 */
async function judge(
  failed: FailedAttempt,
  before: Before,
  unclearBefore: boolean,
  input: MigrateInstanceInput & { readonly settling: () => void },
): Promise<Next> {
  const { failure } = failed;
  const { control, backoff, attemptLimit } = input;
  let effect: Effect = failed.effect;
  if (effect === 'possible' || unclearBefore) {
    input.settling();
    const { finding, job } = await settle(before, { ...input, baseMs: backoff().baseMs, cut: control.cut });
    if (finding === 'took_effect') return { kind: 'accepted', jobId: job?.id ?? null };
    if (finding === 'failed') return { kind: 'ended', outcome: 'failed', failure: jobFailure(job) };
    if (finding === 'unclear') return { kind: 'ended', outcome: 'unknown', failure };
    // An error answer is the end of its request. One that got no answer may still be on its way.
    if (failure.category === 'server') effect = 'none';
  }
  const delayMs = control.stopping.aborted
    ? null
    : migrateRetryDelay({ ...failed, effect }, backoff(), attemptLimit, control.remainingMs());
  return delayMs === null
    ? { kind: 'ended', outcome: outcomeOfFailure(failure, effect), failure }
    : { kind: 'send_again', delayMs, failure };
}

function finish(
  decision: Decision,
  outcome: Outcome,
  attempts: number,
  failure: Failure | null,
  { journal, log }: MigrateInstanceInput,
  jobId: string | null = null,
): InstanceResult {
  const { id, name } = decision.instance;
  journal.result(id, outcome, failure, jobId);
  const reason = failure === null ? '' : `: ${failure.message}`;
  log[failure === null ? 'info' : 'warn']('migrate_result', `${id} (${name}): ${outcome}${reason}`, {
    instanceId: id,
    outcome,
    attempts,
    error: failure?.code ?? null,
  });
  return { decision, outcome, attempts, failure };
}
