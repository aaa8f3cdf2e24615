import type { Clock } from '../core/clock.js';
import { readRetryAfter } from '../core/retry.js';
import type { OutgoingRequest, SendResult } from './sendHttp.js';

const firstWaitMs = 500;

export interface InTimeOptions {
  readonly clock: Clock;
  /** How long it may take in all, in ms. */
  readonly limitMs: number;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
  readonly send: (request: OutgoingRequest) => Promise<SendResult>;
}

export interface DeliveredInTime {
  readonly delivered: boolean;
  readonly attempts: number;
  /** Null when it was delivered. */
  readonly error: string | null;
}

/**
 * Sends a message until it is delivered, is refused for good, or the time is up. Each wait is twice the one before,
 * or what the receiver asks for where there is time for it. Never throws.
 */
export async function deliverInTime(
  message: Omit<OutgoingRequest, 'timeoutMs' | 'signal'>,
  { clock, limitMs, signal, send }: InTimeOptions,
): Promise<DeliveredInTime> {
  const endsAt = clock.now() + limitMs;
  for (let attempt = 1; ; attempt += 1) {
    // A clock that is set back must not give it more time.
    const timeoutMs = Math.min(limitMs, Math.max(1, endsAt - clock.now()));
    const { error, retryable, retryAfter } = await send({ ...message, timeoutMs, signal });
    if (error === null) return { delivered: true, attempts: attempt, error };
    const waitMs = Math.max(firstWaitMs * 2 ** (attempt - 1), readRetryAfter(retryAfter, clock.now()) ?? 0);
    if (!retryable || clock.now() + waitMs >= endsAt) return { delivered: false, attempts: attempt, error };
    await clock.sleep(waitMs, signal);
    if (signal.aborted) return { delivered: false, attempts: attempt, error };
  }
}
