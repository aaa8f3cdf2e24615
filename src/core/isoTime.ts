/** The latest time that JavaScript knows, in unix seconds. */
const latestSeconds = 8_640_000_000_000;

/**
 * A time in the form in which reports hold it: ISO 8601, UTC, with milliseconds.
 *
 * @param seconds - unix seconds; null for none
 * @returns null for none, and for what is no time
 */
export function isoSeconds(seconds: number | null): string | null {
  return seconds !== null && Math.abs(seconds) <= latestSeconds
    ? new Date(seconds * 1000).toISOString()
    : null;
}
