import type { Clock } from '../core/clock.js';
import { type Evidence, type Finding, settleLimitMs, settleWaits, type Sighting } from '../core/evidence.js';
import { idWithName, type Instance } from '../core/instance.js';
import type { Log } from '../core/log.js';
import type { Before } from '../core/migrationJob.js';
import { ProviderError } from '../core/providerError.js';
import type { Provider } from './provider.js';
import { withinTime } from './timeLimit.js';

/** Tells from one sighting whether a request took effect. */
export type FindEffect = (sighting: Sighting, before: Before) => Evidence;

export interface SettleInput {
  readonly provider: Pick<Provider, 'getInstance' | 'listJobs'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly instance: Instance;
  readonly findEffect: FindEffect;
  /** Base of the backoff, in ms. */
  readonly baseMs: number;
  /** Aborted when requests must be given up. */
  readonly cut: AbortSignal;
}

/**
 * Finds out by reading whether an acting request without a usable answer took effect: up to three times, until it
 * is seen to have done so, and for at most 30 s.
 *
 * @returns `no_effect` only when every one of the reads showed none; with the job, when one was seen
 */
export async function settle(
  before: Before,
  { provider, clock, log, instance, findEffect, baseMs, cut }: SettleInput,
): Promise<Evidence> {
  return withinTime(clock, settleLimitMs, cut, async (giveUp) => {
    const findings: Finding[] = [];
    for (const waitMs of settleWaits(baseMs)) {
      await clock.sleep(waitMs, giveUp);
      if (giveUp.aborted) return { finding: 'unclear', job: null };
      const sighting = await look(instance.id, provider, giveUp);
      const evidence = findEffect(sighting, before);
      const { finding } = evidence;
      log.info(
        'migrate_settling',
        `${idWithName(instance)}: looked whether the request took effect: ${finding}`,
        {
          instanceId: instance.id,
          status: sighting.status,
          finding,
        },
      );
      if (finding === 'took_effect' || finding === 'failed') return evidence;
      findings.push(finding);
    }
    const showedNone = findings.every((finding) => finding === 'no_effect');
    return { finding: showedNone ? 'no_effect' : 'unclear', job: null };
  });
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
