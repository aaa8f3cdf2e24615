import type { Random } from '../random.js';
import type { SandboxInstance } from '../sandboxInstance.js';
import { reclaimedEach } from './reclaimedEach.js';

/** One reclaimed instance for each way in which an accepted migration can go on. Its id is its name. */
const instances: Readonly<Record<string, Partial<SandboxInstance>>> = {
  'comes-back': { migrateBehaviour: { kind: 'succeeds' } },
  'comes-back-unheard': { migrateBehaviour: { kind: 'applied_without_answer', answer: 'reset' } },
  'fails-afterwards': { migrateBehaviour: { kind: 'job_fails' } },
  'gets-stuck': { migrateBehaviour: { kind: 'gets_stuck' } },
  'reclaimed-again': { migrateBehaviour: { kind: 'reclaimed_again' } },
};

/** Instances whose migrations are all accepted and then go on differently. */
export function recoveryScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  return { instances: reclaimedEach(random, now, instances) };
}
