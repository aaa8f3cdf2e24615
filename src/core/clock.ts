/** Time, handed in so that a test can move it. */
export interface Clock {
  /** Unix ms. */
  now(): number;
  /**
   * Resolves after a while, or at once when the signal aborts (the caller looks at the signal).
   *
   * @param ms - how long, in ms
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Unix seconds, as the provider counts. */
export function nowSeconds(clock: Pick<Clock, 'now'>): number {
  return Math.floor(clock.now() / 1000);
}

/** How far the provider's clock and ours may differ. */
export const clockSlackSeconds = 60;
