import type { RunOfSchedule } from './judgeApplications.js';
import { type Application, type JobRecord, valueAt } from './records.js';
import type { RunRecord, Told } from './runRecord.js';
import type { Settings } from './schedule.js';
import type { World } from './world.js';

/**
 * Judges what a run made of the journal of its host: how earlier migrations ended is told once on each host, truly, and
 * of all that it asked for itself; and what was refused for what it is, is not asked for again.
 */
export function judgeMemory(
  world: World,
  settings: Settings,
  runs: readonly RunOfSchedule[],
): readonly string[] {
  return runs.flatMap((each) => {
    const { run } = each;
    const before = runsBefore(run, runs);
    return [
      ...run.told.flatMap((told) => judgeTold(told, world, settings)),
      ...judgeRepetition(run, before),
      ...judgeSilence(each, world, settings, before),
      ...judgeRequestsAfterRefusal(run, world, settings, before),
    ].map((violation) => `run ${run.number}: ${violation}`);
  });
}

/** The earlier runs of the same host. */
function runsBefore({ number, host }: RunRecord, runs: readonly RunOfSchedule[]): readonly RunOfSchedule[] {
  return runs.filter(({ run }) => run.host === host && run.number < number);
}

const stateOfEnd = { succeeded: 'success', failed: 'fail' } as const;

/** Judges that it is the end of a migration, and that it had come. */
function judgeTold(
  { instanceId, jobId, state, requestedAt, atMs }: Told,
  { instances, jobs, traits }: World,
  { dryRun, targets }: Settings,
): readonly string[] {
  const job = jobs.find(({ id }) => id === jobId);
  const name = instances.find(({ id }) => id === instanceId)?.name ?? '';
  const isTrue =
    job?.instanceId === instanceId &&
    job.type === 'instanceMigrate' &&
    valueAt(job.past, atMs) === stateOfEnd[state];
  const slackMs = 1_000 + Math.abs(traits.skewMs);
  return [
    ...(isTrue ? [] : [`${instanceId}: ${jobId ?? 'a migration'} is told to have ${state} and has not`]),
    ...(requestedAt * 1000 <= atMs + slackMs
      ? []
      : [`${instanceId}: it is told to have been asked for later`]),
    ...(name.startsWith('keep-') ? [`${instanceId} is left out and told of`] : []),
    ...(dryRun || targets.length > 0 ? [`${instanceId}: a run that was for something else told of it`] : []),
  ];
}

function judgeRepetition(run: RunRecord, before: readonly RunOfSchedule[]): readonly string[] {
  const told = [...before.flatMap(({ run }) => run.told), ...run.told].map(({ jobId }) => jobId);
  return run.told
    .filter(({ jobId }) => told.indexOf(jobId) !== told.lastIndexOf(jobId))
    .map(({ instanceId, jobId }) => `${instanceId}: the end of ${jobId ?? 'a migration'} was told twice`);
}

/** Judges that it told of each migration that its host had asked for, and that its job list showed to have ended. */
function judgeSilence(
  { run, result }: RunOfSchedule,
  { applications, jobs, traits }: World,
  { dryRun, targets }: Settings,
  before: readonly RunOfSchedule[],
): readonly string[] {
  const tells = result?.observed === true && !dryRun && targets.length === 0;
  if (run.jobListFailed) return [];
  // Where a job list grew while it was read, a page may miss one; where clocks differ, a job may not be known for ours.
  if (!tells || run.jobCounts.size !== 1 || traits.skewMs !== 0) return [];
  const told = new Set(
    [...before.map(({ run }) => run), run].flatMap((each) => each.told.map(({ jobId }) => jobId)),
  );
  return before
    .flatMap((earlier) =>
      applications.filter((each) => each.run === earlier.run.number && !saidSoItself(each, earlier)),
    )
    .filter(({ jobId }) => {
      const job = jobs.find(({ id }) => id === jobId);
      return job !== undefined && hasEnded(job, run.jobsShownUntilMs) && !told.has(jobId);
    })
    .map(({ instanceId, jobId }) => `${instanceId}: nobody was told how ${jobId ?? 'its migration'} ended`);
}

/** Whoever waited for the end has told of it. */
function saidSoItself({ instanceId }: Application, { run }: RunOfSchedule): boolean {
  const own = run.journaled.get(instanceId);
  return own?.outcome === 'recovered' || own?.error === 'migration_failed';
}

function hasEnded({ past }: JobRecord, atMs: number): boolean {
  return ['success', 'fail', 'break'].includes(valueAt(past, atMs));
}

/** The instances of which the host remembers that its last request for them was refused for what they are. */
export function refusedBefore(run: RunRecord, runs: readonly RunOfSchedule[]): ReadonlySet<string> {
  return new Set(refusalTimes(runsBefore(run, runs)).keys());
}

/** When it was refused. What a run did not live to write down is forgotten. */
function refusalTimes(runs: readonly RunOfSchedule[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const { run } of runs) {
    for (const { instanceId, atMs, isRefusedAsItIs } of run.posts) {
      if (isRefusedAsItIs && run.journaled.has(instanceId)) times.set(instanceId, atMs);
      else times.delete(instanceId);
    }
  }
  return times;
}

/** Unless it was told to, or the instance was reclaimed anew or migrated since. */
function judgeRequestsAfterRefusal(
  run: RunRecord,
  { instances, applications, traits }: World,
  { force }: Settings,
  before: readonly RunOfSchedule[],
): readonly string[] {
  if (force) return [];
  const refusedAt = refusalTimes(before);
  const requested = [...new Set(run.posts.map(({ instanceId }) => instanceId))];
  return requested.flatMap((id) => {
    const atMs = refusedAt.get(id);
    if (atMs === undefined) return [];
    const sinceMs = atMs - 61_000 - Math.abs(traits.skewMs);
    const past = instances.find((each) => each.id === id)?.past ?? [];
    const isAnew = past.some(
      (each) => each.atMs >= sinceMs && each.value.spotReclaimTime !== valueAt(past, atMs).spotReclaimTime,
    );
    const ran = applications.some(
      ({ instanceId, succeeded, endedAtMs }) =>
        instanceId === id && succeeded && (endedAtMs ?? Infinity) >= sinceMs,
    );
    return isAnew || ran ? [] : [`${id} was requested although this host had been refused for what it is`];
  });
}
