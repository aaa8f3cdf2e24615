import { type Clock, nowSeconds } from '../core/clock.js';
import { type EarlierRuns, unsettledMigrations } from '../core/earlierRuns.js';
import { idWithName } from '../core/instance.js';
import type { Log } from '../core/log.js';
import { type SettledMigration, settledMigrations } from '../core/settled.js';
import type { Journal } from './journal.js';
import type { Observation } from './observe.js';

export interface TellSettledInput {
  readonly earlier: EarlierRuns;
  readonly journal: Pick<Journal, 'settled'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly intervalMinutes: number;
  /** When the run began, in unix ms. */
  readonly startedAtMs: number;
}

/** True when the journal knows of a migration that nobody has told the end of. */
export function awaitsEnds({ earlier, clock }: Pick<TellSettledInput, 'earlier' | 'clock'>): boolean {
  return unsettledMigrations(earlier, nowSeconds(clock)).length > 0;
}

/** Tells, once, how migrations of earlier runs ended, from the job list that was read anyway or is awaited. */
export function tellSettled(
  { jobs, decisions }: Pick<Observation, 'jobs' | 'decisions'>,
  { earlier, journal, log, intervalMinutes, startedAtMs }: TellSettledInput,
): readonly SettledMigration[] {
  const names = new Map(
    decisions
      .filter(({ reason }) => reason !== 'excluded')
      .map(({ instance }) => [instance.id, instance.name]),
  );
  const settled = settledMigrations({
    jobs,
    earlier,
    isConsidered: (id) => names.has(id),
    startedSeconds: Math.floor(startedAtMs / 1000),
    intervalSeconds: intervalMinutes * 60,
  });
  for (const migration of settled) {
    const { instanceId, jobId, state, error } = migration;
    const failed = state === 'failed';
    const reason = error === null ? '' : `: ${error}`;
    log[failed ? 'warn' : 'info'](
      'settled',
      `${idWithName({ id: instanceId, name: names.get(instanceId) ?? '' })}: an earlier migration has ${state}${reason}`,
      { instanceId, jobId, state, error: failed ? 'migration_failed' : null },
    );
    journal.settled(migration);
  }
  return settled;
}
