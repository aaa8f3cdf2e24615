import type { Clock } from '../core/clock.js';
import {
  type Before,
  type Finding,
  findEffect,
  settleLimitMs,
  settleWaits,
  type Sighting,
} from '../core/evidence.js';
import { failureOf } from '../core/failure.js';
import type { Log } from '../core/log.js';
import { ProviderError } from '../core/providerError.js';
import type { Provider } from './provider.js';

export interface SettleInput {
  readonly provider: Pick<Provider, 'getInstance' | 'listJobs'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Base of the backoff, in ms. */
  readonly baseMs: number;
  /** Aborted when requests must be given up. */
  readonly cut: AbortSignal;
}

/**
 * Finds out by reading whether a migrate request without a usable answer took effect: up to three times, until it
 * is seen to have done so, and for at most 30 s.
 *
 * @returns `no_effect` only when every one of the reads showed none
 */
export async function settle(
  before: Before,
  { provider, clock, log, baseMs, cut }: SettleInput,
): Promise<Finding> {
  const timeUp = new AbortController();
  const giveUp = AbortSignal.any([cut, timeUp.signal]);
  const timer = new AbortController();
  void clock.sleep(settleLimitMs, timer.signal).then(() => timeUp.abort(failureOf('request_timeout')));
  const findings: Finding[] = [];
  try {
    for (const waitMs of settleWaits(baseMs)) {
      await clock.sleep(waitMs, giveUp);
      if (giveUp.aborted) return 'unclear';
      const sighting = await look(before.instanceId, provider, giveUp);
      const finding = findEffect(sighting, before);
      log.info('migrate_settling', `${before.instanceId}: looked whether it was migrated: ${finding}`, {
        instanceId: before.instanceId,
        status: sighting.status,
        finding,
      });
      if (finding === 'took_effect') return finding;
      findings.push(finding);
    }
  } finally {
    timer.abort();
  }
  return findings.every((finding) => finding === 'no_effect') ? 'no_effect' : 'unclear';
}

async function look(id: string, provider: SettleInput['provider'], signal: AbortSignal): Promise<Sighting> {
  const [instance, jobs] = await Promise.all([
    provider.getInstance(id, signal).catch(nullIfUnreadable),
    provider.listJobs(signal).catch(nullIfUnreadable),
  ]);
  return { status: instance?.status ?? null, jobs: jobs?.rows ?? [], jobsComplete: jobs?.complete ?? false };
}

function nullIfUnreadable(error: unknown): null {
  if (error instanceof ProviderError) return null;
  throw error;
}
