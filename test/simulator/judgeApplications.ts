import type { CommandResult } from '../../src/commands/commandResult.js';
import type { Application } from './records.js';
import type { RunRecord } from './runRecord.js';
import type { Schedule } from './schedule.js';
import type { World } from './world.js';

export interface RunOfSchedule {
  readonly run: RunRecord;
  /** Null of a run that was killed. */
  readonly result: CommandResult | null;
}

/**
 * Judges by the provider's own record that no reclaim was answered with two migrations.
 *
 * Within a run there is no excuse. Between runs, one of which may have been killed, the provider is the memory, so
 * it can be guaranteed as far as the provider tells the later run of the earlier migration:
 * - while it goes on, the list shows `migrating`: never a second one;
 * - after it failed, a second one is what a later run is for;
 * - after it succeeded, the instance has run and was stopped again. Its last start is later than its reclaim, or,
 *   where the provider does not say when that was, the job list shows the migration within the cooldown. Only a run
 *   without both, or one that was told to pass over them, may take it for a new reclaim.
 */
export function judgeApplications(
  { applications, traits }: World,
  { settings }: Schedule,
  runs: readonly RunOfSchedule[],
): readonly string[] {
  const ours = applications.filter(({ run }) => run !== null);
  return ours.flatMap((later, index) => {
    const ofLater = runs.find(({ run }) => run.number === later.run);
    return ours
      .slice(0, index)
      .filter((earlier) => isSameReclaim(earlier, later) && ofLater && !isExcused(earlier, later, ofLater))
      .map(
        (earlier) =>
          `${later.instanceId} was migrated twice for the reclaim at ${later.reclaimTime}: ` +
          `by run ${earlier.run ?? 0} and by run ${later.run ?? 0}`,
      );
  });

  function isExcused(earlier: Application, later: Application, { run, result }: RunOfSchedule): boolean {
    if (earlier.run === later.run) return false;
    const listedAtMs = run.listedAtMs.get(later.instanceId) ?? 0;
    if (earlier.endedAtMs === null || earlier.endedAtMs > listedAtMs) return false;
    if (!earlier.succeeded) return true;
    const hadJobs = result?.jobsAvailable ?? !run.jobListFailed;
    // A start leaves no job.
    const isCooling =
      !earlier.isStart && hadJobs && later.atMs - earlier.atMs < settings.cooldownMinutes * 60_000;
    return settings.force || !(traits.tellsLastStart || isCooling);
  }
}

function isSameReclaim(one: Application, other: Application): boolean {
  return one.instanceId === other.instanceId && one.reclaimTime === other.reclaimTime;
}
