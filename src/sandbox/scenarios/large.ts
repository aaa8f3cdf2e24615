import type { Random } from '../random.js';
import { reclaimed, type SandboxInstance, sandboxInstance } from '../sandboxInstance.js';
import { type SandboxJob, sandboxJob } from '../sandboxJob.js';

const hour = 3600;
const instanceCount = 10_000;
const jobCount = 250;

/** 10,000 instances, of which 34 were reclaimed and 100 were stopped by their owners, and a history of jobs. */
export function largeScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[]; readonly jobs: readonly SandboxJob[] } {
  const instances = Array.from({ length: instanceCount }, (_, index) => {
    const name = `worker-${String(index + 1).padStart(5, '0')}`;
    if (index % 300 === 150)
      return sandboxInstance(random, now, { ...reclaimed(now, (index % 24) * hour + 600), name });
    const stopped = index % 100 === 50 ? { status: 'exited', lastStoppedAt: now - hour } : {};
    return sandboxInstance(random, now, { ...stopped, name });
  });
  const jobs = Array.from({ length: jobCount }, (_, index) =>
    sandboxJob(random, {
      instanceId: instances[index]?.id ?? '',
      createdAt: now - (index + 48) * hour,
      state: index % 10 === 0 ? 'fail' : 'success',
    }),
  );
  return { instances, jobs };
}
