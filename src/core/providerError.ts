import type { Failure } from './failure.js';
import type { Effect } from './outcome.js';

/**
 * The only error that leaves the API client. It deliberately has no `cause`: an error of an HTTP library
 * carries the request's options, and with them the key.
 */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly failure: Failure;
  /** Whether the request may have changed something although it failed. */
  readonly effect: Effect;
  /** What the answer's Retry-After asked for, in ms; null when it had none. */
  readonly retryAfterMs: number | null;

  constructor(failure: Failure, effect: Effect, retryAfterMs: number | null = null) {
    super(failure.message);
    this.failure = failure;
    this.effect = effect;
    this.retryAfterMs = retryAfterMs;
  }
}
