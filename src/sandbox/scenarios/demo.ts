import type { Random } from '../random.js';
import { reclaimed, type SandboxInstance, sandboxInstance } from '../sandboxInstance.js';
import { type SandboxJob, sandboxJob } from '../sandboxJob.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A dozen instances that show each thing that can be decided. Every eligible one succeeds. */
export function demoScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[]; readonly jobs: readonly SandboxJob[] } {
  const make = (name: string, changes: Partial<SandboxInstance> = {}): SandboxInstance =>
    sandboxInstance(random, now, { ...changes, name });
  const stopped = { status: 'exited', lastStoppedAt: now - 2 * day };

  const flapping = make('comfyui-render-2', {
    ...reclaimed(now, 10 * minute),
    lastStartedAt: now - 19 * minute,
  });
  const moving = make('dataset-builder', { ...reclaimed(now, 50 * minute), status: 'migrating' });
  const instances = [
    make('llama-finetune-1'),
    make('llama-finetune-2', reclaimed(now, 3 * hour)),
    make('llama-finetune-3', reclaimed(now, 20 * minute)),
    make('comfyui-render-1'),
    flapping,
    make('whisper-batch', reclaimed(now, day)),
    make('sdxl-training', {
      ...reclaimed(now, 2 * hour),
      volumes: [
        { type: 'local', mountPath: '/workspace' },
        { type: 'network', mountPath: '/models' },
      ],
    }),
    // Half a minute more, so that it reads "in 42m" for a while.
    make('embedding-server', { spotStatus: 'notified', spotReclaimTime: now + 42 * minute + 30 }),
    make('eval-harness', { ...stopped }),
    make('rlhf-experiment', {
      ...reclaimed(now, 5 * day),
      lastStartedAt: now - 2 * day,
      lastStoppedAt: now - day,
    }),
    moving,
    make('inference-api', { billingMode: 'onDemand' }),
    make('notebook', { ...stopped, billingMode: 'onDemand', spotStatus: '' }),
  ];
  const jobs = [
    sandboxJob(random, { instanceId: flapping.id, createdAt: now - 20 * minute }),
    sandboxJob(random, {
      instanceId: moving.id,
      createdAt: now - minute,
      state: 'running',
      endsAt: Infinity,
    }),
  ];
  return { instances, jobs };
}
