/** The latest time that JavaScript knows, in unix seconds. */
const latestSeconds = 8_640_000_000_000;

/**
 * A time of our own clock in the form in which reports hold it: ISO 8601, UTC, with milliseconds.
 *
 * @param ms - unix ms
 */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

/**
 * A time of the provider in the form in which reports hold it: ISO 8601, UTC, with milliseconds.
 *
 * @param seconds - unix seconds; null for none
 * @returns null for none, and for what is no time
 */
export function isoSeconds(seconds: number | null): string | null {
  return seconds !== null && Math.abs(seconds) <= latestSeconds
    ? new Date(seconds * 1000).toISOString()
    : null;
}

/**
 * A time to the minute, such as `2026-11-24 14:23 UTC`, so that a sentence stays true however long it is kept.
 *
 * @param seconds - unix seconds; anything else is shown as unknown
 */
export function utcMinute(seconds: string | number | null | undefined): string {
  const time = typeof seconds === 'number' ? isoSeconds(seconds) : null;
  return time === null ? 'unknown' : minuteOfTime(time);
}

/**
 * @param time - ISO 8601, UTC
 * @returns unix seconds; null for what is no time
 */
export function secondsOfTime(time: string): number | null {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}

/** @param time - ISO 8601, UTC */
export function minuteOfTime(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
