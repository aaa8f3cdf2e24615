import { hexadecimal, type Random } from './random.js';
import { reclaimed, type SandboxInstance } from './sandboxInstance.js';
import { type SandboxJob, sandboxJob } from './sandboxJob.js';

/** A migration that really happened, whatever the client was told. */
export interface AppliedMigration {
  readonly instanceId: string;
  /** Unix seconds. */
  readonly atSeconds: number;
  readonly dataKept: boolean;
}

/** A start that really happened, whatever the client was told. */
export interface AppliedStart {
  readonly instanceId: string;
  /** Unix seconds. */
  readonly atSeconds: number;
}

export interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
}

/** The emulated provider's own truth. Time passes only through the clock that it was given. */
export interface SandboxWorld {
  instances(): readonly SandboxInstance[];
  /** Newest first. */
  jobs(): readonly SandboxJob[];
  find(id: string): SandboxInstance | undefined;
  /** Starts a migration, as the documented rules of the API allow. */
  migrate(id: string, keepData?: boolean): { readonly jobId: string } | Refusal;
  /** Starts an exited instance; null when it has taken that on. */
  start(id: string): Refusal | null;
  /** Every start that was applied since the world began, oldest first. */
  readonly started: readonly AppliedStart[];
  /** Every migration that was applied since the world began, oldest first. */
  readonly applied: readonly AppliedMigration[];
}

export interface WorldOptions {
  readonly instances: readonly SandboxInstance[];
  readonly jobs: readonly SandboxJob[];
  readonly random: Random;
  /** Unix ms. */
  readonly now: () => number;
  /** How long a migration takes, in seconds. */
  readonly migrationSeconds: number;
}

/** Creates a world that goes on from the given state. */
export function createWorld({
  instances,
  jobs: past,
  random,
  now,
  migrationSeconds,
}: WorldOptions): SandboxWorld {
  const byId = new Map(instances.map((instance) => [instance.id, instance]));
  const jobs = [...past].sort((a, b) => b.createdAt - a.createdAt);
  const open = new Set(jobs.filter(isOpen));
  const applied: AppliedMigration[] = [];
  const started: AppliedStart[] = [];
  /** When each instance that is starting will run, in unix seconds. */
  const starting = new Map<SandboxInstance, number>();

  const letTimePass = (): void => {
    for (const [instance, endsAt] of starting) {
      if (endsAt * 1000 > now()) continue;
      starting.delete(instance);
      if (instance.startBehaviour.kind === 'start_fails') instance.status = 'exited';
      else run(instance, Math.floor(endsAt));
    }
    for (const job of open) {
      const instance = byId.get(job.instanceId);
      if (job.endsAt * 1000 <= now()) {
        open.delete(job);
        if (instance) endMigration(instance, job);
      } else if (job.state === 'pulling' && now() >= job.createdAt * 1000 + 1000) job.state = 'running';
    }
  };

  return {
    applied,
    started,
    instances: () => {
      letTimePass();
      return instances;
    },
    jobs: () => {
      letTimePass();
      return jobs;
    },
    find: (id) => {
      letTimePass();
      return byId.get(id);
    },
    migrate: (id, keepData = false) => {
      letTimePass();
      const instance = byId.get(id);
      if (!instance) return refusal(400, 'RESOURCE_NOT_FOUND', 'instance not found');
      const busy = [...open].some(({ instanceId }) => instanceId === id);
      if (busy || instance.status === 'migrating')
        return refusal(400, 'CONFLICT', 'a job of the instance is open');
      const reclaiming = instance.spotStatus === 'notified' || instance.spotStatus === 'reclaiming';
      if (reclaiming || (instance.status !== 'exited' && instance.status !== 'running')) {
        return refusal(400, 'DEPENDENT_RESOURCE_STATE', `the instance is ${instance.status}`);
      }
      const createdAt = Math.floor(now() / 1000);
      const job = sandboxJob(random, {
        id: hexadecimal(random, 20),
        instanceId: id,
        createdAt,
        state: 'pulling',
        endsAt: instance.migrateBehaviour.kind === 'gets_stuck' ? Infinity : now() / 1000 + migrationSeconds,
      });
      instance.status = 'migrating';
      jobs.unshift(job);
      open.add(job);
      applied.push({ instanceId: id, atSeconds: createdAt, dataKept: keepData });
      return { jobId: job.id };
    },
    start: (id) => {
      letTimePass();
      const instance = byId.get(id);
      if (!instance) return refusal(400, 'RESOURCE_NOT_FOUND', 'instance not found');
      if (instance.status !== 'exited')
        return refusal(400, 'DEPENDENT_RESOURCE_STATE', `the instance is ${instance.status}`);
      instance.status = 'starting';
      starting.set(instance, now() / 1000 + migrationSeconds);
      started.push({ instanceId: id, atSeconds: Math.floor(now() / 1000) });
      return null;
    },
  };
}

function isOpen({ state }: SandboxJob): boolean {
  return state === 'pulling' || state === 'running';
}

/** Back to running as if nothing had been, or back to where it was with a failed job. */
function endMigration(instance: SandboxInstance, job: SandboxJob): void {
  if (instance.migrateBehaviour.kind === 'job_fails') {
    job.state = 'fail';
    job.error = 'MIGRATE_INSUFFICIENT_RESOURCE';
    job.errorMessage = 'no node of this product has room';
    instance.status = 'exited';
    return;
  }
  job.state = 'success';
  const endedAt = Math.floor(job.endsAt);
  run(instance, endedAt);
  if (instance.migrateBehaviour.kind === 'reclaimed_again') Object.assign(instance, reclaimed(endedAt, 0));
}

/** @param since - unix seconds */
function run(instance: SandboxInstance, since: number): void {
  instance.lastStartedAt = since;
  instance.status = 'running';
  instance.spotStatus = instance.billingMode === 'spot' ? 'running' : '';
  instance.spotReclaimTime = 0;
}

/** A refusal in the API's own words. */
export function refusal(status: number, reason: string, message: string): Refusal {
  return { status, reason, message };
}
