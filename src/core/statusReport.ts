import type { Failure } from './failure.js';
import { isoSeconds, isoTime } from './isoTime.js';
import { joinLines } from './joinLines.js';
import type { RecordedRun } from './recordedRuns.js';
import { reportError, type ReportedError } from './reportedError.js';
import { type HealthState, healthCodes, type RunHealth, worstHealth } from './runHealth.js';

/** The machine-readable result of `status`. Absent values are null; times are ISO 8601, UTC. */
export interface StatusReport {
  readonly schemaVersion: 1;
  readonly command: 'status';
  readonly checkedAt: string;
  readonly state: HealthState;
  /** The worst of all accounts in one sentence, for people. */
  readonly message: string;
  /** One without a name where there are no named accounts. */
  readonly accounts: readonly AccountStatus[];
  /** Why nothing could be judged; null when it could. */
  readonly error: ReportedError | null;
  readonly exitCode: number;
}

export interface AccountStatus {
  readonly account: string | null;
  readonly state: HealthState;
  readonly message: string;
  readonly lastRun: ReportedRun | null;
  readonly lastSuccessAt: string | null;
  readonly lastSuccessAgeMs: number | null;
  readonly successLimitMs: number;
  readonly intervalMinutes: number;
  readonly jobTimeoutMs: number;
  /** Lines of the journal that cannot be read. */
  readonly unreadableLines: number;
  /** The last runs, newest first. */
  readonly runs: readonly ReportedRun[];
}

export interface ReportedRun extends Omit<RecordedRun, 'startedAtMs' | 'endedAtMs'> {
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

export interface AccountStatusInput {
  readonly account: string | null;
  readonly health: RunHealth;
  /** What stands in the way of a judgement or is to be known besides; null when the runs speak for themselves. */
  readonly problem: string | null;
  readonly unreadableLines: number;
  readonly intervalMinutes: number;
  readonly jobTimeoutMs: number;
  /** How many runs are shown at most. */
  readonly limit: number;
}

/** Puts the health of one account into the form that is published. */
export function accountStatus({
  account,
  health,
  problem,
  limit,
  ...facts
}: AccountStatusInput): AccountStatus {
  const { state, runs, lastRun, lastSuccess, lastSuccessAgeMs, successLimitMs } = health;
  return {
    account,
    state,
    message: problem ?? describeHealth(health),
    lastRun: lastRun === null ? null : reportRun(lastRun),
    lastSuccessAt: isoMs(lastSuccess?.endedAtMs ?? null),
    lastSuccessAgeMs,
    successLimitMs,
    intervalMinutes: facts.intervalMinutes,
    jobTimeoutMs: facts.jobTimeoutMs,
    unreadableLines: facts.unreadableLines,
    runs: runs.slice(0, limit).map(reportRun),
  };
}

/**
 * Sums up the accounts.
 *
 * @param nowMs - unix ms
 */
export function buildStatusReport(accounts: readonly AccountStatus[], nowMs: number): StatusReport {
  const state = worstHealth(accounts.map((each) => each.state));
  return {
    schemaVersion: 1,
    command: 'status',
    checkedAt: isoTime(nowMs),
    state,
    message: summarize(accounts, state),
    accounts,
    error: null,
    exitCode: healthCodes[state],
  };
}

/** The report of a look that failed before it saw anything. */
export function failedStatusReport(failure: Failure, exitCode: number, nowMs: number): StatusReport {
  return {
    ...buildStatusReport([], nowMs),
    message: joinLines(failure.message),
    error: reportError(failure),
    exitCode,
  };
}

function summarize(accounts: readonly AccountStatus[], state: HealthState): string {
  const [first, ...others] = accounts;
  if (first === undefined) return 'no account to look at';
  if (others.length === 0) return first.message;
  if (state === 'healthy') return `all ${accounts.length} accounts are healthy`;
  const parts = (['critical', 'unknown', 'warning'] as const).flatMap((each) => {
    const names = accounts.filter((one) => one.state === each).map(({ account }) => account ?? '');
    return names.length === 0 ? [] : [`${each}: ${names.join(', ')}`];
  });
  return `of ${accounts.length} accounts ${parts.join('; ')}`;
}

function describeHealth({ lastRun, lastSuccessAgeMs, successLimitMs, runs }: RunHealth): string {
  // Where there are others, which are not judged, it has to be said which run is meant.
  const run = runs.every(({ wholeAccount }) => wholeAccount) ? 'run' : 'run for the whole account';
  if (lastRun === null) {
    return runs.some(({ wholeAccount }) => wholeAccount)
      ? `the first ${run} is going on, and none has ended yet`
      : `the journal holds no ${run}`;
  }
  const last =
    lastRun.state === 'killed'
      ? `the last ${run} was killed`
      : lastRun.exitCode === 0
        ? `the last ${run} succeeded`
        : `the last ${run} ended with exit code ${lastRun.exitCode ?? 'unknown'} (${lastRun.exitReason ?? 'unknown'})`;
  const success =
    lastSuccessAgeMs === null ? 'none has succeeded' : `last success ${minutes(lastSuccessAgeMs)} ago`;
  return `${last}, ${success} (limit ${minutes(successLimitMs)})`;
}

function minutes(ms: number): string {
  return `${Math.floor(ms / 60_000)} min`;
}

function reportRun({ startedAtMs, endedAtMs, ...same }: RecordedRun): ReportedRun {
  return { ...same, startedAt: isoMs(startedAtMs), endedAt: isoMs(endedAtMs) };
}

function isoMs(ms: number | null): string | null {
  return ms === null ? null : isoSeconds(ms / 1000);
}
