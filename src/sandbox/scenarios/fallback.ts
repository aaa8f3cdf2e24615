import type { Random } from '../random.js';
import { products, reclaimed, type SandboxInstance, sandboxInstance } from '../sandboxInstance.js';

const minute = 60;
const noRoom = { kind: 'refused', status: 400, reason: 'MIGRATE_INSUFFICIENT_RESOURCE' } as const;

/**
 * Reclaimed instances that no other node has room for, for each answer to a start on their own, and one that can be
 * migrated. `start-spared` is of the same pool as `start-works`, the others have one of their own. An id is a name.
 */
const instances: Readonly<Record<string, Partial<SandboxInstance>>> = {
  'start-works': { volumes: [{ type: 'local', mountPath: '/workspace' }] },
  'start-spared': {},
  'start-refused': { startBehaviour: { kind: 'refused', status: 400, reason: 'NODE_STATUS' } },
  'start-unheard': { startBehaviour: { kind: 'applied_without_answer' } },
  'start-fails': { startBehaviour: { kind: 'start_fails' } },
  'room-elsewhere': { migrateBehaviour: { kind: 'succeeds' } },
};

const sharedPool = new Set(['start-works', 'start-spared']);

export function fallbackScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  return {
    instances: Object.entries(instances).map(([name, changes], index) =>
      sandboxInstance(random, now, {
        ...reclaimed(now, (60 - index) * minute),
        id: name,
        name,
        ...(products[0] === undefined ? {} : { product: products[0] }),
        cluster: sharedPool.has(name)
          ? { id: 'cluster-full', name: 'TEST-FULL' }
          : { id: `cluster-${index}`, name: `TEST-${String(index + 1).padStart(2, '0')}` },
        migrateBehaviour: noRoom,
        ...changes,
      }),
    ),
  };
}
