import type { Clock } from '../../src/core/clock.js';

export interface FakeClock extends Clock {
  /** How long each wait was, in ms. */
  readonly waits: readonly number[];
}

/**
 * A clock that jumps over every wait and remembers how long it was.
 *
 * @param startMs - unix ms
 * @param duringWait - happens in the middle of each wait
 */
export function fakeClock(
  startMs: number,
  duringWait: (signal?: AbortSignal) => void = () => undefined,
): FakeClock {
  const waits: number[] = [];
  let nowMs = startMs;
  return {
    waits,
    now: () => nowMs,
    sleep: (ms, signal) => {
      waits.push(ms);
      nowMs += ms;
      duringWait(signal);
      return Promise.resolve();
    },
  };
}
