import type { Decision } from './eligibility.js';
import type { Instance } from './instance.js';
import { hasReclaimNotice } from './outages.js';
import { reclaimSeconds } from './reclaimTime.js';

/** That the provider has announced to reclaim an instance which is in use. */
export interface ReclaimNotice {
  readonly instance: Instance;
  /** When, in unix seconds; null when the provider does not say. */
  readonly reclaimAt: number | null;
  /** How long the instance still has, in seconds, from 0; null when that is not known. */
  readonly secondsLeft: number | null;
}

/**
 * The reclaim notices among what was decided about, the most urgent first. Instances that the filters leave out are
 * left out here as well; those whose time is not known come last.
 *
 * @param nowSeconds - unix seconds
 */
export function reclaimNoticesOf(
  decisions: readonly Decision[],
  nowSeconds: number,
): readonly ReclaimNotice[] {
  return decisions
    .filter((decision) => decision.reason !== 'excluded' && hasReclaimNotice(decision))
    .map(({ instance }) => reclaimNoticeOf(instance, nowSeconds))
    .sort((one, other) => (one.reclaimAt ?? Infinity) - (other.reclaimAt ?? Infinity) || 0);
}

/**
 * When an instance will be reclaimed, as far as the provider says.
 *
 * @param nowSeconds - unix seconds
 */
export function reclaimNoticeOf(instance: Instance, nowSeconds: number): ReclaimNotice {
  const reclaimAt = reclaimSeconds(instance.spotReclaimTime);
  const secondsLeft = reclaimAt === null ? null : Math.max(0, reclaimAt - nowSeconds);
  return { instance, reclaimAt, secondsLeft };
}
