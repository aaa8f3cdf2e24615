/** When an answer came, by both clocks. */
export interface TimedAnswer {
  /** When the server says that it answered, in unix ms, to the second. */
  readonly serverMs: number;
  /** When the request was sent and the answer was there, by our own clock, in unix ms. */
  readonly sentAtMs: number;
  readonly answeredAtMs: number;
}

/** The slack that a decision allows for; a difference beyond it may change one. */
const toleratedMs = 60_000;
const secondMs = 1000;

/**
 * How far our clock is from that of the server, at the least: the server answered at some moment between the request
 * and its answer, and says so to the second.
 *
 * @returns ms, positive when our clock is ahead; null when the difference may be within a minute
 */
export function clockDifference({ serverMs, sentAtMs, answeredAtMs }: TimedAnswer): number | null {
  const aheadMs = sentAtMs - (serverMs + secondMs);
  if (aheadMs > toleratedMs) return aheadMs;
  const behindMs = serverMs - answeredAtMs;
  return behindMs > toleratedMs ? -behindMs : null;
}

/** Says how far the clock is off and which way, and what that means. */
export function describeClockDifference(differenceMs: number, host: string): string {
  const which = differenceMs > 0 ? 'ahead of' : 'behind';
  return (
    `The clock of this machine is ${spanOf(Math.abs(differenceMs))} ${which} that of ${host}: ` +
    'reclaims that are still to come and cooldowns are judged by it. Set it right, for example by NTP.'
  );
}

function spanOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const days = Math.floor(minutes / (24 * 60));
  if (days > 0) return days === 1 ? '1 day' : `${days} days`;
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
