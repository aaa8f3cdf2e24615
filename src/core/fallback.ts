import { type Failure, failureOf } from './failure.js';
import { kindOfFailure } from './strategies.js';

/**
 * What a run does when a migration was refused because no other node has room: nothing, a start, or naming what else has
 * stock.
 */
export const fallbackModes = ['none', 'start', 'suggest'] as const;

export type FallbackMode = (typeof fallbackModes)[number];

/**
 * Whether an instance is started on its own node after its migration was refused.
 *
 * @param mayHaveActed - an earlier request for it may have had an effect that no read showed: then nothing more is
 *   asked for
 */
export function startFollows(mode: FallbackMode, refusal: Failure, mayHaveActed: boolean): boolean {
  return mode === 'start' && refusal.category === 'capacity' && !mayHaveActed;
}

/**
 * What a start that certainly had no effect comes down to. When it was refused for what the instance or its node is,
 * the migration's refusal still is the reason, and names that of the start; any other failure stands for itself.
 */
export function failureAfterStart(refusal: Failure, ofStart: Failure): Failure {
  const kind = kindOfFailure(ofStart);
  // The run ended before the start was sent.
  if (kind === 'run_ended') return refusal;
  if (ofStart.code === 'instance_changed') return ofStart;
  const isRefusal =
    kind === 'no_capacity' || kind === 'state_conflict' || kind === 'incompatible' || kind === 'gone';
  if (!isRefusal) return ofStart;
  const detail = [refusal.cause, `a start on its own node was refused as well: ${ofStart.message}`];
  const { status } = refusal;
  return failureOf(refusal.code, {
    detail: detail.filter((part) => part !== null).join('; '),
    nextStep: refusal.nextStep,
    ...(status === null ? {} : { status }),
    ...(refusal.host === null ? {} : { host: refusal.host }),
  });
}

/** A plan that was agreed to without a start does not allow one. */
export function allowsMore(mode: FallbackMode, than: FallbackMode): boolean {
  return mode === 'start' && than !== 'start';
}
