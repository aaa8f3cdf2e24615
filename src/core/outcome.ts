import type { Failure } from './failure.js';

/** What became of an eligible instance. */
export const outcomes = [
  'migrated',
  'recovered',
  'started',
  'no_capacity',
  'rejected',
  'gone',
  'failed',
  'unknown',
  'deferred',
  'not_started',
  'would_migrate',
] as const;

export type Outcome = (typeof outcomes)[number];

/** Whether a request that failed may have changed something at the provider. */
export type Effect = 'none' | 'possible';

/**
 * The outcome of a migrate request that ended with a failure and will not be sent again.
 *
 * @param effect - whether the failed request may have been applied; then nothing is certain
 */
export function outcomeOfFailure(failure: Failure, effect: Effect): Outcome {
  if (failure.code === 'instance_gone') return 'gone';
  // It was not sent because of that.
  if (failure.code === 'instance_changed') return 'not_started';
  switch (failure.category) {
    case 'capacity':
      return 'no_capacity';
    case 'auth':
    case 'account':
    case 'conflict':
    case 'permanent':
      return 'rejected';
    case 'aborted':
      return effect === 'none' ? 'not_started' : 'unknown';
    default:
      return effect === 'none' ? 'failed' : 'unknown';
  }
}
