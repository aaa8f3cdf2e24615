import type { Random } from '../random.js';
import {
  type MigrateBehaviour,
  reclaimed,
  type SandboxInstance,
  sandboxInstance,
} from '../sandboxInstance.js';

/** One reclaimed instance for each way in which a migrate request can go wrong. Its id is its name. */
const behaviours: Readonly<Record<string, MigrateBehaviour>> = {
  'fault-none': { kind: 'succeeds' },
  'fault-capacity': { kind: 'refused', status: 400, reason: 'INSUFFICIENT_RESOURCE' },
  'fault-conflict': { kind: 'refused', status: 400, reason: 'CONFLICT' },
  'fault-gone': { kind: 'refused', status: 400, reason: 'RESOURCE_NOT_FOUND' },
  'fault-rate-limit-once': { kind: 'refused_at_first', times: 1, status: 429, reason: 'RATE_LIMIT_EXCEEDED' },
  'fault-error-once': { kind: 'refused_at_first', times: 1, status: 500, reason: 'UNKNOWN' },
  'fault-error-applied': { kind: 'applied_without_answer', answer: 'error' },
  'fault-reset-applied': { kind: 'applied_without_answer', answer: 'reset' },
  'fault-html-applied': { kind: 'applied_without_answer', answer: 'html' },
  'fault-broken-answer': { kind: 'answer_breaks_off' },
  'fault-slow': { kind: 'slow', delayMs: 1_500 },
  'fault-job-fails': { kind: 'job_fails' },
};

/** Instances whose migration meets every fault, one each, and a few that run. */
export function faultsScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  const faulty = Object.entries(behaviours).map(([name, migrateBehaviour], index) =>
    sandboxInstance(random, now, {
      ...reclaimed(now, 3600 - index * 60),
      id: name,
      name,
      migrateBehaviour,
      // A cluster each, so that a refusal for capacity says nothing about the others.
      cluster: { id: `cluster-${index}`, name: `TEST-${String(index + 1).padStart(2, '0')}` },
    }),
  );
  const running = ['steady-1', 'steady-2'].map((name) => sandboxInstance(random, now, { name }));
  return { instances: [...faulty, ...running] };
}
