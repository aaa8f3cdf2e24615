import {
  type Application,
  changeInstance,
  type InstanceRecord,
  type InstanceState,
  type JobRecord,
  stateNow,
} from './records.js';
import { providerSeconds, type World } from './world.js';

/**
 * Takes a migration on: a job is open and the instance shows `migrating`, until it runs again or the job fails.
 *
 * @param run - the run that asked for it; null for somebody else
 */
export function applyMigration(
  world: World,
  instance: InstanceRecord,
  run: number | null,
  keepsData = false,
): JobRecord {
  const { clock, random, traits, note } = world;
  const { spotReclaimTime } = stateNow(instance);
  const job = openJob(world, instance.id, 'instanceMigrate');
  const application: Application = {
    instanceId: instance.id,
    reclaimTime: spotReclaimTime,
    run,
    atMs: clock.now(),
    keepsData,
    isStart: false,
    jobId: job.id,
    endedAtMs: null,
    succeeded: false,
  };
  world.applications.push(application);
  note(`provider: migration of ${instance.id} applied for ${run === null ? 'somebody else' : `run ${run}`}`);
  changeInstance(instance, clock.now(), { status: 'migrating' });

  const fails = random.chance(traits.failureRate);
  // Some end so fast that nobody ever sees the instance migrating.
  const durationMs = random.chance(0.4) ? random.integer(200, 6_000) : random.integer(6_000, 200_000);
  clock.schedule(durationMs / 3, () => job.past.push({ atMs: clock.now(), value: 'running' }));
  clock.schedule(durationMs, () => {
    application.endedAtMs = clock.now();
    application.succeeded = !fails;
    endMigration(world, instance, job, fails);
  });
  return job;
}

/** Takes a start on: the instance starts, and runs or goes back to where it was. It leaves no job. */
export function applyStart(world: World, instance: InstanceRecord, run: number): void {
  const { clock, random, traits, note } = world;
  const application: Application = {
    instanceId: instance.id,
    reclaimTime: stateNow(instance).spotReclaimTime,
    run,
    atMs: clock.now(),
    keepsData: false,
    isStart: true,
    jobId: null,
    endedAtMs: null,
    succeeded: false,
  };
  world.applications.push(application);
  note(`provider: start of ${instance.id} applied for run ${run}`);
  changeInstance(instance, clock.now(), { status: random.pick(['toStart', 'starting', 'pulling']) });
  const fails = random.chance(traits.failureRate);
  const durationMs = random.chance(0.4) ? random.integer(200, 6_000) : random.integer(6_000, 200_000);
  clock.schedule(durationMs, () => {
    application.endedAtMs = clock.now();
    application.succeeded = !fails;
    note(`provider: start of ${instance.id} ${fails ? 'failed' : 'succeeded'}`);
    changeInstance(instance, clock.now(), fails ? { status: 'exited' } : runningNow(world));
  });
}

export function openJob(world: World, instanceId: string, type: string): JobRecord {
  const nowMs = world.clock.now();
  const job: JobRecord = {
    id: `job-${world.jobs.length + 1}`,
    instanceId,
    type,
    createdAtMs: nowMs,
    past: [{ atMs: nowMs, value: 'pulling' }],
  };
  world.jobs.push(job);
  return job;
}

export function endMigration(world: World, instance: InstanceRecord, job: JobRecord, fails: boolean): void {
  const { clock, note } = world;
  const nowMs = clock.now();
  note(`provider: migration of ${instance.id} ${fails ? 'failed' : 'succeeded'}`);
  job.past.push({ atMs: nowMs, value: fails ? 'fail' : 'success' });
  if (fails) {
    changeInstance(instance, nowMs, { status: 'exited' });
    return;
  }
  changeInstance(instance, nowMs, runningNow(world));
}

function runningNow(world: World): Partial<InstanceState> {
  return {
    status: 'running',
    spotStatus: 'running',
    lastStartedAt: providerSeconds(world, world.clock.now()),
    ...(world.traits.keepsReclaimTime ? {} : { spotReclaimTime: '0' }),
  };
}
