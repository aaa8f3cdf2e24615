import type { Kind } from './kinds.js';
import { endMigration } from './migrations.js';
import { type Application, type InstanceRecord, type JobRecord, stateNow } from './records.js';
import type { World } from './world.js';

/** Gives a new instance the jobs that its kind has behind it. */
export function addJobs(world: World, instance: InstanceRecord, kind: Kind): void {
  const { random } = world;
  switch (kind) {
    case 'failing':
      for (let count = random.integer(1, 3); count > 0; count -= 1)
        addJob(world, instance, 'instanceMigrate', 'fail', random.integer(600, 7_200));
      return;
    case 'just_failed':
      addJob(world, instance, 'instanceMigrate', 'fail', random.integer(3, 50));
      return;
    case 'quarantined':
      for (let count = 5; count > 0; count -= 1)
        addJob(world, instance, 'instanceMigrate', 'fail', random.integer(600, 7_200));
      return;
    case 'cooldown':
      addJob(world, instance, random.pick(['instanceMigrate', 'autoInstanceMigrate']), 'success', 300);
      return;
    case 'reclaimed_again':
      addJob(world, instance, 'instanceMigrate', 'success', 3 * 3_600);
      return;
    case 'imaging':
      addJob(world, instance, 'saveImage', random.pick(['running', 'pulling', 'queued']), 120);
      return;
    case 'migrating':
      migrateForOthers(world, instance, addJob(world, instance, 'instanceMigrate', 'running', 30));
      return;
    default:
  }
}

function migrateForOthers(world: World, instance: InstanceRecord, job: JobRecord): void {
  const { clock, random, applications } = world;
  const application: Application = {
    instanceId: instance.id,
    reclaimTime: stateNow(instance).spotReclaimTime,
    run: null,
    atMs: job.createdAtMs,
    keepsData: false,
    isStart: false,
    jobId: job.id,
    endedAtMs: null,
    succeeded: random.chance(0.5),
  };
  applications.push(application);
  clock.schedule(random.integer(1_000, 90_000), () => {
    application.endedAtMs = clock.now();
    endMigration(world, instance, job, !application.succeeded);
  });
}

function addJob(
  world: World,
  { id }: InstanceRecord,
  type: string,
  state: string,
  ageSeconds: number,
): JobRecord {
  const createdAtMs = world.clock.now() - ageSeconds * 1000;
  const job: JobRecord = {
    id: `job-${world.jobs.length + 1}`,
    instanceId: id,
    type,
    createdAtMs,
    past: [{ atMs: createdAtMs, value: state }],
  };
  world.jobs.push(job);
  return job;
}
