import type { Random } from '../random.js';
import { type SandboxInstance, sandboxInstance } from '../sandboxInstance.js';
import { ownCluster, reclaimedEach } from './reclaimedEach.js';

/** One reclaimed instance for each way in which a migrate request can go wrong. Its id is its name. */
const faults: Readonly<Record<string, Partial<SandboxInstance>>> = {
  'fault-none': { migrateBehaviour: { kind: 'succeeds' } },
  'fault-capacity': { migrateBehaviour: { kind: 'refused', status: 400, reason: 'INSUFFICIENT_RESOURCE' } },
  'fault-conflict': { migrateBehaviour: { kind: 'refused', status: 400, reason: 'CONFLICT' } },
  'fault-gone': { migrateBehaviour: { kind: 'refused', status: 400, reason: 'RESOURCE_NOT_FOUND' } },
  'fault-rate-limit-once': {
    migrateBehaviour: { kind: 'refused_at_first', times: 1, status: 429, reason: 'RATE_LIMIT_EXCEEDED' },
  },
  'fault-error-once': {
    migrateBehaviour: { kind: 'refused_at_first', times: 1, status: 500, reason: 'UNKNOWN' },
  },
  'fault-error-applied': { migrateBehaviour: { kind: 'applied_without_answer', answer: 'error' } },
  'fault-reset-applied': { migrateBehaviour: { kind: 'applied_without_answer', answer: 'reset' } },
  'fault-html-applied': { migrateBehaviour: { kind: 'applied_without_answer', answer: 'html' } },
  'fault-broken-answer': { migrateBehaviour: { kind: 'answer_breaks_off' } },
  'fault-slow': { migrateBehaviour: { kind: 'slow', delayMs: 1_500 } },
  'fault-job-fails': { migrateBehaviour: { kind: 'job_fails' } },
};

/** Instances whose migration meets every fault, one each, and a few that run. */
export function faultsScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  const faulty = reclaimedEach(random, now, faults, (index) => ({ cluster: ownCluster(index) }));
  const running = ['steady-1', 'steady-2'].map((name) => sandboxInstance(random, now, { name }));
  return { instances: [...faulty, ...running] };
}
