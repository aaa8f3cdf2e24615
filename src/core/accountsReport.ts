import { dominantReason, exitCodes, type ExitReason, exitReasonName, reasonOfCode } from './exitCode.js';
import { isoTime } from './isoTime.js';
import type { Report } from './report.js';
import { emptySummary, type Summary } from './summary.js';

/** The machine-readable result of a command that ran for several accounts, each a run of its own. */
export interface AccountsReport {
  readonly schemaVersion: 1;
  readonly command: string;
  /** ISO 8601, UTC; so is the other time. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** The counts of all accounts together. */
  readonly summary: Summary;
  /** In the order of their names. */
  readonly accounts: readonly Report[];
  /** That of the worst run. */
  readonly exitCode: number;
  readonly exitReason: string;
}

export interface AccountsReportInput {
  readonly command: string;
  readonly accounts: readonly Report[];
  /** Unix ms. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** Sums up the runs of several accounts. The worst exit code wins. */
export function buildAccountsReport({
  command,
  accounts,
  startedAtMs,
  finishedAtMs,
}: AccountsReportInput): AccountsReport {
  const exitReason = worstReason(accounts.map(({ exitCode }) => reasonOfCode(exitCode)));
  return {
    schemaVersion: 1,
    command,
    startedAt: isoTime(startedAtMs),
    finishedAt: isoTime(finishedAtMs),
    durationMs: finishedAtMs - startedAtMs,
    summary: accounts.map(({ summary }) => summary).reduce(addSummaries, emptySummary),
    accounts,
    exitCode: exitCodes[exitReason],
    exitReason: exitReasonName(exitReason),
  };
}

/**
 * By the precedence of the exit codes, but for one: another run takes care of an account that is locked, and schedulers
 * are told to take that for a success, so it must not stand in front of what went wrong with another account.
 */
function worstReason(reasons: readonly ExitReason[]): ExitReason {
  const failed = reasons.filter((reason) => reason !== 'locked' && reason !== 'ok');
  return dominantReason(failed.length > 0 ? failed : reasons);
}

function addSummaries(one: Summary, other: Summary): Summary {
  const names = Object.keys(one) as (keyof Summary)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Summary;
}
