import type { Random } from '../random.js';
import { products, type SandboxInstance } from '../sandboxInstance.js';
import { ownCluster, reclaimedEach } from './reclaimedEach.js';

const sharedPool = { id: 'cluster-full', name: 'TEST-FULL' };
const noRoom = { kind: 'refused', status: 400, reason: 'MIGRATE_INSUFFICIENT_RESOURCE' } as const;

/**
 * Reclaimed instances that no other node has room for, for each answer to a start on their own, and one that can be
 * migrated. `start-spared` is of the same pool as `start-works`, the others have one of their own. An id is a name.
 */
const instances: Readonly<Record<string, Partial<SandboxInstance>>> = {
  'start-works': { cluster: sharedPool, volumes: [{ type: 'local', mountPath: '/workspace' }] },
  'start-spared': { cluster: sharedPool },
  'start-refused': { startBehaviour: { kind: 'refused', status: 400, reason: 'NODE_STATUS' } },
  'start-unheard': { startBehaviour: { kind: 'applied_without_answer' } },
  'start-fails': { startBehaviour: { kind: 'start_fails' } },
  'room-elsewhere': { migrateBehaviour: { kind: 'succeeds' } },
};

export function fallbackScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  return {
    instances: reclaimedEach(random, now, instances, (index) => ({
      ...(products[0] === undefined ? {} : { product: products[0] }),
      cluster: ownCluster(index),
      migrateBehaviour: noRoom,
    })),
  };
}
