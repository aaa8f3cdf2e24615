import type { Clock } from '../../src/core/clock.js';

/** A clock whose time stands still while anything can still happen now, and then jumps to the next timer. */
export interface VirtualClock extends Clock {
  /**
   * Does something later.
   *
   * @param ms - how long from now
   * @returns cancels it
   */
  schedule(ms: number, action: () => void): () => void;
  /**
   * Lets time pass until the promise settles.
   *
   * @throws Error when it can never settle, because no timer is left
   */
  run<Value>(promise: Promise<Value>): Promise<Value>;
  /** Jumps to the next timer at once, whatever can still happen now. False when none is left. */
  next(): boolean;
  /** Lets so many ms pass, with all that falls due in them. */
  advance(ms: number): Promise<void>;
}

interface Timer {
  readonly dueMs: number;
  action: (() => void) | null;
}

/** @param startMs - unix ms */
export function createVirtualClock(startMs = Date.UTC(2026, 0, 15, 12)): VirtualClock {
  let nowMs = startMs;
  /** Sorted, the next one last; of equal times the older one comes first. */
  const timers: Timer[] = [];

  const schedule = (ms: number, action: () => void): (() => void) => {
    const timer: Timer = { dueMs: nowMs + Math.max(0, ms), action };
    let index = timers.length;
    while (index > 0 && (timers[index - 1]?.dueMs ?? Infinity) <= timer.dueMs) index -= 1;
    timers.splice(index, 0, timer);
    return () => {
      timer.action = null;
    };
  };

  /** @returns false when nothing falls due until then */
  const jump = (limitMs: number): boolean => {
    while (timers.length > 0 && timers.at(-1)?.action === null) timers.pop();
    const next = timers.at(-1);
    if (!next || next.dueMs > limitMs) return false;
    timers.pop();
    nowMs = next.dueMs;
    next.action?.();
    return true;
  };

  return {
    now: () => nowMs,
    schedule,
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = (): void => {
          cancel();
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const cancel = schedule(ms, wake);
        signal?.addEventListener('abort', wake);
      });
    },
    run: async (promise) => {
      const state = { settled: false };
      const settle = (): void => {
        state.settled = true;
      };
      promise.then(settle, settle);
      for (;;) {
        await allIsIdle();
        if (state.settled) return promise;
        if (!jump(Infinity)) throw new Error('Nothing is left that could settle the promise');
      }
    },
    next: () => jump(Infinity),
    advance: async (ms) => {
      const limitMs = nowMs + ms;
      do await allIsIdle();
      while (jump(limitMs));
      nowMs = limitMs;
    },
  };
}

/** Every promise that can go on by itself has done so before an immediate runs, and some of them wait for one. */
async function allIsIdle(): Promise<void> {
  do await new Promise(setImmediate);
  while (process.getActiveResourcesInfo().includes('Immediate'));
}
