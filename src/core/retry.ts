import type { Failure } from './failure.js';
import { httpDateMs } from './httpDate.js';
import type { Effect } from './outcome.js';

export const maxAttempts = 4;
/** How many reads of a run may be sent again in all, so that a failing API is not asked ever more. */
export const readRetryBudget = 30;

const backoffCapMs = 20_000;
/** Far above any deadline, and no more than a timer can wait. */
const retryAfterCapMs = 24 * 60 * 60 * 1000;

/** Delays grow from baseMs, doubling with each attempt, and are drawn evenly below that (full jitter). */
export interface Backoff {
  readonly baseMs: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly randomFraction: number;
}

export interface FailedAttempt {
  /** 1 for the first. */
  readonly attempt: number;
  readonly failure: Failure;
  readonly effect: Effect;
  /** What the answer's Retry-After asked for, in ms; null when it had none. */
  readonly retryAfterMs: number | null;
}

/**
 * How long to wait before a read is sent again, in ms; null when it is not.
 *
 * @param remainingMs - how long the run may still go on: what asks to be waited for longer is given up at once
 */
export function readRetryDelay(
  failed: FailedAttempt,
  backoff: Backoff,
  remainingMs = Infinity,
): number | null {
  const { failure, attempt, retryAfterMs } = failed;
  const worthIt = failure.retryable && attempt < maxAttempts && (retryAfterMs ?? 0) <= remainingMs;
  return worthIt ? delay(failed, backoff) : null;
}

/**
 * How long to wait before a migrate request is sent again, in ms; null when it is not.
 * Only what certainly had no effect is sent again: the connection was never made, or 429.
 *
 * @param attemptLimit - how often the request may be sent in this run
 * @param remainingMs - how long the run may still go on: what asks to be waited for longer is given up at once
 */
export function migrateRetryDelay(
  failed: FailedAttempt,
  backoff: Backoff,
  attemptLimit: number,
  remainingMs = Infinity,
): number | null {
  const safe = failed.failure.retryable && failed.effect === 'none';
  const inTime = (failed.retryAfterMs ?? 0) <= remainingMs;
  return safe && inTime && failed.attempt < attemptLimit ? delay(failed, backoff) : null;
}

function delay({ attempt, retryAfterMs }: FailedAttempt, { baseMs, randomFraction }: Backoff): number {
  const ceilingMs = Math.min(backoffCapMs, baseMs * 2 ** (attempt - 1));
  return Math.max(Math.floor(randomFraction * ceilingMs), retryAfterMs ?? 0);
}

/**
 * Reads a Retry-After header.
 *
 * @param header - whole seconds or an HTTP date; anything else is ignored
 * @param nowMs - unix ms
 * @returns ms from now, from 0 to one day; null when there is nothing to honour
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : httpDateMs(text) - nowMs;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), retryAfterCapMs);
}
