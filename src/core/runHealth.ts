import type { JournalEntry } from './journalEntry.js';
import { type RecordedRun, recordedRuns } from './recordedRuns.js';

/** How well past runs went, from best to worst but for `unknown`, in the words of monitoring systems. */
export const healthStates = ['healthy', 'warning', 'critical', 'unknown'] as const;
export type HealthState = (typeof healthStates)[number];

/** The exit codes of monitoring plugins. */
export const healthCodes = { healthy: 0, warning: 1, critical: 2, unknown: 3 } as const satisfies Record<
  HealthState,
  number
>;

export interface RunHealth {
  readonly state: HealthState;
  /** Newest first. */
  readonly runs: readonly RecordedRun[];
  /** The last run for the whole account that is over; null when there is none. */
  readonly lastRun: RecordedRun | null;
  /** The last run for the whole account that ended with exit code 0; null when the journal knows of none. */
  readonly lastSuccess: RecordedRun | null;
  /** How long ago that one ended, in ms. */
  readonly lastSuccessAgeMs: number | null;
  /** How long ago it may be at most, in ms. */
  readonly successLimitMs: number;
}

export interface RunHealthInput {
  readonly entries: readonly JournalEntry[];
  /** Unix ms. */
  readonly nowMs: number;
  /** How often runs are expected. */
  readonly intervalMinutes: number;
  /** How long a run may take. */
  readonly jobTimeoutMs: number;
  /** Whether the process of a run still lives; null when that cannot be seen from here. */
  readonly isAlive: (pid: number, host: string) => boolean | null;
}

/**
 * Judges past runs by their journal: critical when no run has succeeded within two intervals and the time that a run
 * may take, otherwise a warning when the last run did not succeed. A run that is going on is not judged yet; one that
 * was killed did not succeed. What somebody runs for a few instances says nothing of the runs that are scheduled, neither
 * for better nor for worse.
 */
export function judgeRuns({
  entries,
  nowMs,
  intervalMinutes,
  jobTimeoutMs,
  isAlive,
}: RunHealthInput): RunHealth {
  const runs = recordedRuns(entries, { nowMs, jobTimeoutMs, isAlive });
  const limitMs = successLimitMs({ intervalMinutes, jobTimeoutMs });
  const scheduled = runs.filter(({ wholeAccount }) => wholeAccount);
  const lastRun = scheduled.find(({ state }) => state !== 'running') ?? null;
  const lastSuccess = scheduled.find(isSuccess) ?? null;
  // A clock that was put back makes no success of the future an old one.
  const lastSuccessAgeMs =
    lastSuccess === null ? null : Math.max(0, nowMs - (lastSuccess.endedAtMs ?? nowMs));
  const state = stateOf(lastRun, lastSuccessAgeMs !== null && lastSuccessAgeMs <= limitMs);
  return { state, runs, lastRun, lastSuccess, lastSuccessAgeMs, successLimitMs: limitMs };
}

/** How long ago the last success may be, in ms: two intervals, and the time that a run may take. */
export function successLimitMs({
  intervalMinutes,
  jobTimeoutMs,
}: Pick<RunHealthInput, 'intervalMinutes' | 'jobTimeoutMs'>): number {
  return 2 * intervalMinutes * 60_000 + jobTimeoutMs;
}

/** True for a run that ended with exit code 0. */
export function isSuccess({ state, exitCode }: RecordedRun): boolean {
  return state === 'ended' && exitCode === 0;
}

/** Several accounts are as well as the worst of them. What is known to be bad is worse than what is not known. */
export function worstHealth(states: readonly HealthState[]): HealthState {
  const worstFirst: readonly HealthState[] = ['critical', 'unknown', 'warning', 'healthy'];
  return worstFirst.find((state) => states.includes(state)) ?? 'unknown';
}

function stateOf(lastRun: RecordedRun | null, succeededLately: boolean): HealthState {
  if (lastRun === null) return 'unknown';
  if (!succeededLately) return 'critical';
  return isSuccess(lastRun) ? 'healthy' : 'warning';
}
