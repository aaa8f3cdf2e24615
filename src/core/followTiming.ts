import type { Backoff } from './retry.js';

/** The first look comes after so many times the base of the backoff, and each later one after half as long again. */
const firstMultiple = 4;
const growth = 1.5;
const longestMs = 30_000;

/** What is kept back of the time that a run has left, to tell of it: a tenth, and at most so many ms. */
const mostReserveMs = 10_000;

/**
 * How long migrations are followed at most, in ms: never into the time that the run needs to end.
 *
 * @param leftMs - how long the run has until its deadline, in ms
 */
export function followLimitMs(waitSeconds: number, leftMs: number): number {
  const reserveMs = Math.min(mostReserveMs, leftMs / 10);
  return Math.max(0, Math.floor(Math.min(waitSeconds * 1000, leftMs - reserveMs)));
}

/**
 * How long to wait before the next look, in ms: growing, jittered so that runs of several hosts drift apart, and so
 * that the last look comes shortly before the time is up.
 *
 * @param look - 1 for the first
 * @param leftMs - how long there is, in ms
 * @param limitMs - how long there was in all, in ms
 * @returns null when another look would come right after the one before, or too late
 */
export function nextLookMs(
  look: number,
  { leftMs, limitMs }: { readonly leftMs: number; readonly limitMs: number },
  { baseMs, randomFraction }: Backoff,
): number | null {
  const ceilingMs = Math.min(longestMs, firstMultiple * baseMs * growth ** (look - 1));
  const wantedMs = Math.ceil(ceilingMs * (0.75 + randomFraction / 4));
  // A look takes its time as well.
  const latestMs = Math.floor(leftMs - Math.min(2_000, limitMs / 10));
  if (wantedMs <= latestMs) return wantedMs;
  return latestMs >= wantedMs / 4 ? latestMs : null;
}
