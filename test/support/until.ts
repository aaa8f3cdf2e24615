import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something to happen, for 15 s at most. */
export async function until(condition: () => boolean): Promise<void> {
  const givesUpAt = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > givesUpAt) throw new Error(`It did not come to that: ${condition.toString()}`);
    await sleep(5);
  }
}
