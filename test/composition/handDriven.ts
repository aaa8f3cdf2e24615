import type { StopListener } from '../../src/runtime/jobControl.js';

/** Time that passes, and a terminal that is stopped, when the test says so. */
export function handDriven() {
  let nowMs = 0;
  let tick: (() => void) | null = null;
  let stops: StopListener | null = null;
  return {
    /** What is drawn with. */
    parts: {
      clock: { now: () => nowMs },
      repeat: (_ms: number, action: () => void) => {
        tick = action;
        return () => (tick = null);
      },
      onStop: (listener: StopListener) => {
        stops = listener;
        return () => (stops = null);
      },
    },
    pass: (ms: number): void => {
      nowMs += ms;
      tick?.();
    },
    isRepeating: () => tick !== null,
    stops: () => stops,
  };
}
