import type { CommandResult } from '../../src/commands/commandResult.js';
import type { InstanceResult } from '../../src/core/summary.js';
import type { RunRecord } from './runRecord.js';
import type { Settings } from './schedule.js';
import { poolOf } from './records.js';
import type { World } from './world.js';

export interface JudgedRun {
  readonly world: World;
  readonly run: RunRecord;
  readonly settings: Settings;
  readonly result: CommandResult;
}

/** Judges what a run says of each instance against the provider's own record. */
export function judgeOutcomes(judged: JudgedRun): readonly string[] {
  const { result, run, settings } = judged;
  const ids = result.results.map(({ decision }) => decision.instance.id);
  const reported = new Set(ids);
  const silent = run.posts.filter(({ instanceId }) => !reported.has(instanceId));
  return [
    ...(reported.size === ids.length ? [] : ['an instance is reported twice']),
    ...silent.map(({ instanceId }) => `${instanceId} was requested and is not in the report`),
    ...(settings.dryRun && run.posts.length > 0 ? ['a dry run sent a migrate request'] : []),
    ...result.results.flatMap((each) => judgeOutcome(each, judged)),
  ];
}

function judgeOutcome(reported: InstanceResult, judged: JudgedRun): readonly string[] {
  const { decision, outcome, attempts } = reported;
  const { id } = decision.instance;
  const { run } = judged;
  const sent = run.posts.filter(({ instanceId }) => instanceId === id).length;
  const problems: string[] = [];
  if ((outcome !== null) !== (decision.verdict === 'eligible')) {
    problems.push(`it is ${decision.verdict} and its outcome is ${outcome ?? 'missing'}`);
  }
  if (sent !== attempts) problems.push(`${sent} requests were sent and ${attempts} are reported`);
  problems.push(...judgeData(reported, judged), ...judgeStarts(reported, judged));
  if (outcome === null) return problems.map((problem) => `${id}: ${problem}`);

  const falsehood = falsehoodOf(reported, judged);
  if (falsehood !== null) problems.push(`it is reported as ${outcome}, but ${falsehood}`);
  if (reported.failure?.code === 'internal_error') problems.push(`a bug: ${reported.failure.message}`);
  if (sent > 0 && !run.journaled.has(id)) problems.push('the journal has no result of it');
  return problems.map((problem) => `${id}: ${problem}`);
}

/** Judges that it was started only where that was wanted, and where its pool had refused. */
function judgeStarts({ decision }: InstanceResult, { world, run, settings }: JudgedRun): readonly string[] {
  const { id } = decision.instance;
  if (!run.posts.some(({ instanceId, isStart }) => instanceId === id && isStart)) return [];
  const instance = world.instances.find((each) => each.id === id);
  const wasRefused = instance !== undefined && run.poolsRefused.has(poolOf(instance));
  return [
    ...(settings.fallback === 'start' ? [] : ['it was started although nobody wanted that']),
    ...(wasRefused ? [] : ['it was started although nobody had refused to migrate it']),
  ];
}

/** Judges what is said of the data on its disks, and that none was given up that had to be kept. */
function judgeData(
  { decision, outcome, dataKept }: InstanceResult,
  { world, run, settings }: JudgedRun,
): readonly string[] {
  const { id } = decision.instance;
  const own = world.applications.filter((each) => each.run === run.number && each.instanceId === id);
  const problems: string[] = [];
  if (settings.saveData === 'require' && own.some(({ keepsData, isStart }) => !keepsData && !isStart)) {
    problems.push('its data was given up although that was forbidden');
  }
  if (settings.saveData === 'off' && own.some(({ keepsData }) => keepsData)) {
    problems.push('its data was asked for although nobody wanted that');
  }
  if (dataKept === true && !own.some(({ keepsData }) => keepsData)) {
    problems.push('its data is reported as kept and is not');
  }
  if (dataKept === false && own.some(({ keepsData }) => keepsData)) {
    problems.push('its data is reported as lost and is not');
  }
  if (typeof dataKept === 'boolean' && !['migrated', 'recovered', 'failed'].includes(outcome ?? '')) {
    problems.push('something is said of its data although it was not migrated');
  }
  if (decision.reason === 'data_not_kept' && (own.length > 0 || !run.dataRefused.has(id))) {
    problems.push('it is left alone for its data without cause');
  }
  return problems;
}

/** What speaks against the outcome; null when it is true. */
function falsehoodOf({ decision, outcome, failure }: InstanceResult, judged: JudgedRun): string | null {
  const { world, run } = judged;
  const { id } = decision.instance;
  const ofInstance = world.applications.filter(({ instanceId }) => instanceId === id);
  const own = ofInstance.filter((each) => each.run === run.number);
  const applied = own.length > 0;
  const posts = run.posts.filter(({ instanceId }) => instanceId === id);
  switch (outcome) {
    case 'recovered':
      return judgeRecovery(id, world, run);
    case 'started':
      return own.some(({ isStart }) => isStart) || wasStarted(id, world, run)
        ? null
        : 'the provider did not start it';
    case 'failed':
      if (failure?.code === 'migration_failed') return judgeJobFailure(id, judged);
      return applied ? 'the provider applied it' : null;
    case 'migrated': {
      // A reader cannot tell whose migration it sees, so one by somebody else is an excuse.
      const sinceMs = jobsVisibleSince(id, judged);
      const visible = world.jobs.some(
        ({ instanceId, type, createdAtMs }) =>
          instanceId === id && type === 'instanceMigrate' && createdAtMs >= sinceMs,
      );
      const wasMigrating =
        posts.length > 0 && ofInstance.some(({ endedAtMs }) => (endedAtMs ?? Infinity) >= sinceMs);
      return own.some(({ isStart }) => !isStart) || visible || wasMigrating
        ? null
        : 'the provider applied nothing';
    }
    case 'unknown':
      if (posts.length === 0) return 'no request was sent';
      // To one that is to be started, that is the doing of somebody else.
      if (run.seenMigrating.has(id) && !posts.some(({ isStart }) => isStart))
        return 'a read had shown it migrating';
      return posts.some(({ isAmbiguous }) => isAmbiguous) ? null : 'every request had a clear answer';
    case 'no_capacity': {
      if (applied) return 'the provider applied it';
      const instance = world.instances.find((each) => each.id === id);
      return instance && run.poolsRefused.has(poolOf(instance)) ? null : 'nobody said so';
    }
    case 'deferred':
    case 'would_migrate':
      return posts.length > 0 ? 'a request was sent' : null;
    default:
      return applied ? 'the provider applied it' : null;
  }
}

/** A reader cannot tell whose start it sees. */
function wasStarted(id: string, { instances }: World, run: RunRecord): boolean {
  const instance = instances.find((each) => each.id === id);
  const statuses = new Set(['toStart', 'starting', 'pulling', 'running']);
  return (instance?.past ?? []).some(
    ({ atMs, value }) => atMs >= run.startedAtMs && statuses.has(value.status),
  );
}

/** It must have run while the run went on, after a migration had succeeded. */
function judgeRecovery(id: string, { instances, applications }: World, run: RunRecord): string | null {
  const instance = instances.find((each) => each.id === id);
  const ran = (instance?.past ?? []).filter(
    ({ atMs, value }) => atMs >= run.startedAtMs && value.status === 'running',
  );
  if (ran.length === 0) return 'it did not run';
  // Whoever sees it start cannot tell who started it.
  if (run.posts.some(({ instanceId, isStart }) => instanceId === id && isStart)) return null;
  const succeeded = applications.some(
    ({ instanceId, succeeded, endedAtMs }) =>
      instanceId === id && succeeded && ran.some(({ atMs }) => atMs >= (endedAtMs ?? Infinity)),
  );
  return succeeded ? null : 'no migration had succeeded';
}

/**
 * A migration of it must have failed that can be taken for ours: it is no older than the request, as far as clocks
 * agree, or one by somebody else that was seen while it was still open.
 */
function judgeJobFailure(id: string, judged: JudgedRun): string | null {
  const { world, run } = judged;
  const { skewMs, jobLagMs } = world.traits;
  const firstPostMs = run.posts.find(({ instanceId }) => instanceId === id)?.atMs ?? Infinity;
  const sinceMs = firstPostMs - 1_000 - Math.abs(skewMs);
  const visibleSinceMs = jobsVisibleSince(id, judged);
  const failed = world.jobs.some(({ instanceId, createdAtMs, past }) => {
    const failedAtMs = past.find(({ value }) => value === 'fail')?.atMs;
    if (instanceId !== id || failedAtMs === undefined) return false;
    const wasOpen = createdAtMs >= visibleSinceMs && failedAtMs >= firstPostMs - jobLagMs;
    return createdAtMs >= sinceMs || wasOpen;
  });
  return failed ? null : 'no migration of it failed';
}

/**
 * Since when a job of it may have begun that a reader takes for that of the request. Where the jobs from before are not
 * known, or that list grew while it was read, one that is a minute older may be, because clocks differ.
 */
function jobsVisibleSince(id: string, { world, run, result }: JudgedRun): number {
  const knewJobs = result.jobsAvailable && run.jobCounts.size === 1;
  const firstPostMs = run.posts.find(({ instanceId }) => instanceId === id)?.atMs ?? Infinity;
  const slackMs = 61_000 + Math.abs(world.traits.skewMs);
  return knewJobs ? run.startedAtMs - 8_000 : firstPostMs - slackMs;
}
