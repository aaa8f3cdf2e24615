import type { Random } from '../random.js';
import {
  type MigrateBehaviour,
  reclaimed,
  type SandboxInstance,
  sandboxInstance,
} from '../sandboxInstance.js';

/** One reclaimed instance for each way in which an accepted migration can go on. Its id is its name. */
const behaviours: Readonly<Record<string, MigrateBehaviour>> = {
  'comes-back': { kind: 'succeeds' },
  'comes-back-unheard': { kind: 'applied_without_answer', answer: 'reset' },
  'fails-afterwards': { kind: 'job_fails' },
  'gets-stuck': { kind: 'gets_stuck' },
  'reclaimed-again': { kind: 'reclaimed_again' },
};

/** Instances whose migrations are all accepted and then go on differently. */
export function recoveryScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  const instances = Object.entries(behaviours).map(([name, migrateBehaviour], index) =>
    sandboxInstance(random, now, {
      ...reclaimed(now, 3600 - index * 60),
      id: name,
      name,
      migrateBehaviour,
    }),
  );
  return { instances };
}
