import type { InstanceRecord, InstanceState, JobRecord } from './records.js';
import { valueAt } from './records.js';
import { providerSeconds, type World } from './world.js';

/** The part of a run's settings that decides about instances. */
export interface Rules {
  readonly cooldownMinutes: number;
  readonly maxAttempts: number;
  readonly retryFailed: boolean;
  readonly holdLocalData: boolean;
  readonly force: boolean;
  /** How much longer than it should an instance rests, in minutes, for clocks that differ. */
  readonly restsLonger?: number;
}

/** What an operator may pass over. */
const overridable = new Set([
  'reclaim_pending',
  'stale_reclaim',
  'cooldown',
  'quarantined',
  'backing_off',
  'local_data',
]);

/*
 * The decision table once more, written from its description and applied to the provider's truth, so that the
 * judge does not repeat a mistake of the program.
 */

/** Why the instance must be left alone, as its row in the list says (rows 1 to 6 and 10); null when nothing does. */
export function obstacleOfRow(
  world: World,
  { name, hasLocalVolume }: InstanceRecord,
  { status, spotReclaimTime, lastStartedAt }: InstanceState,
  rules: Rules,
): string | null {
  const seconds = Number(spotReclaimTime);
  const readable = /^\d+$/.test(spotReclaimTime) && seconds >= 1_577_836_800 && seconds <= 4_102_444_800;
  const obstacles = [
    name.startsWith('keep-') && 'excluded',
    status !== 'exited' && 'not_exited',
    ['', '0'].includes(spotReclaimTime) && 'not_reclaimed',
    !['', '0'].includes(spotReclaimTime) && !readable && 'invalid_reclaim_time',
    readable && seconds > providerSeconds(world, world.clock.now()) + 120 && 'reclaim_pending',
    readable && world.traits.tellsLastStart && lastStartedAt > seconds && 'stale_reclaim',
    rules.holdLocalData && hasLocalVolume && 'local_data',
  ];
  return firstThatStands(obstacles, rules);
}

/**
 * Why the instance must be left alone, as the job list says (rows 7 to 9); null when nothing does.
 *
 * @param reclaimedAtMs - before which nothing counts that an instance rests for
 */
export function obstacleOfJobs(
  jobs: readonly JobRecord[],
  reclaimedAtMs: number,
  shownUntilMs: number,
  nowMs: number,
  rules: Rules,
): string | null {
  const shown = jobs.map(({ type, createdAtMs, past }) => ({
    type,
    state: valueAt(past, shownUntilMs),
    ageMinutes: (nowMs - createdAtMs) / 60_000,
  }));
  const isOpen = ({ state }: { state: string }): boolean => !['success', 'fail', 'break'].includes(state);
  const migrations = shown.filter(({ type }) => type !== 'saveImage');
  const failures = migrations.filter(({ state, ageMinutes }) => state === 'fail' && ageMinutes < 24 * 60);
  const obstacles = [
    shown.some(isOpen) && 'migration_in_progress',
    migrations.some(({ state, ageMinutes }) => state === 'success' && ageMinutes < rules.cooldownMinutes) &&
      'cooldown',
    failures.length >= (rules.retryFailed ? rules.maxAttempts : 1) && 'quarantined',
    rests(
      failures.map(({ ageMinutes }) => ageMinutes),
      Math.min(
        (nowMs - reclaimedAtMs) / 60_000,
        ...migrations.filter(({ state }) => state === 'success').map(({ ageMinutes }) => ageMinutes),
      ),
      rules,
    ) && 'backing_off',
  ];
  return firstThatStands(obstacles, rules);
}

/** Ten minutes after the first failure since the reclaim or the last success, doubled by each further one, up to four hours. */
function rests(ages: readonly number[], sinceMinutes: number, { restsLonger = 0 }: Rules): boolean {
  const counted = ages.filter((age) => age <= sinceMinutes);
  const rest = Math.min(240, 10 * 2 ** (counted.length - 1));
  return counted.length > 0 && Math.min(...counted) < rest + restsLonger;
}

function firstThatStands(obstacles: readonly (string | false)[], { force }: Rules): string | null {
  const standing = obstacles.filter((reason) => reason !== false);
  return standing.find((reason) => !force || !overridable.has(reason)) ?? null;
}
