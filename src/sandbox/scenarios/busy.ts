import type { Random } from '../random.js';
import {
  type MigrateBehaviour,
  reclaimed,
  type SandboxInstance,
  sandboxInstance,
} from '../sandboxInstance.js';

const instanceCount = 24;
const runningCount = 6;

/** What a few of the requests meet; the others succeed. */
const faults: Readonly<Record<number, MigrateBehaviour>> = {
  5: { kind: 'refused_at_first', times: 1, status: 429, reason: 'RATE_LIMIT_EXCEEDED' },
  9: { kind: 'refused', status: 400, reason: 'INSUFFICIENT_RESOURCE' },
  14: { kind: 'applied_without_answer', answer: 'reset' },
  20: { kind: 'refused', status: 400, reason: 'CONFLICT' },
};

/** A fleet that was reclaimed at once, at an API that takes its time to answer: there is something to watch. */
export function busyScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  const down = Array.from({ length: instanceCount }, (_, index) =>
    sandboxInstance(random, now, {
      ...reclaimed(now, 1800 - index),
      name: `trainer-${String(index + 1).padStart(2, '0')}`,
      migrateBehaviour: faults[index] ?? { kind: 'slow', delayMs: 300 + Math.floor(random() * 1500) },
      // A cluster each, so that none waits for another one's probe.
      cluster: { id: `cluster-${index}`, name: `POOL-${String(index + 1).padStart(2, '0')}` },
    }),
  );
  const running = Array.from({ length: runningCount }, (_, index) =>
    sandboxInstance(random, now, { name: `server-${index + 1}` }),
  );
  return { instances: [...down, ...running] };
}
