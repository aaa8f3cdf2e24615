import type { Random } from '../random.js';
import type { SandboxInstance } from '../sandboxInstance.js';
import { ownCluster, reclaimedEach } from './reclaimedEach.js';

/** Reclaimed instances for each answer to the request that a migration keeps their data. An id is a name. */
const instances: Readonly<Record<string, Partial<SandboxInstance>>> = {
  'data-kept': { volumes: [{ type: 'local', mountPath: '/workspace' }] },
  'data-refused': { saveDataBehaviour: 'refused' },
  'data-refused-local': {
    saveDataBehaviour: 'refused',
    volumes: [{ type: 'local', mountPath: '/workspace' }],
  },
  'data-unavailable': { saveDataBehaviour: 'no_such_request' },
  'data-no-room': { migrateBehaviour: { kind: 'refused', status: 400, reason: 'INSUFFICIENT_RESOURCE' } },
  'data-lost-answer': { migrateBehaviour: { kind: 'applied_without_answer', answer: 'reset' } },
};

export function dataScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  return {
    instances: reclaimedEach(random, now, instances, (index) => ({ cluster: ownCluster(index) })),
  };
}
