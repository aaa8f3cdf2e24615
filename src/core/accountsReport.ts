import { dominantReason, exitCodes, exitReasonName, reasonOfCode } from './exitCode.js';
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

/** Sums up the runs of several accounts. The worst exit code wins, in the order of the exit codes' precedence. */
export function buildAccountsReport({
  command,
  accounts,
  startedAtMs,
  finishedAtMs,
}: AccountsReportInput): AccountsReport {
  const exitReason = dominantReason(accounts.map(({ exitCode }) => reasonOfCode(exitCode)));
  return {
    schemaVersion: 1,
    command,
    startedAt: new Date(startedAtMs).toISOString(),
    finishedAt: new Date(finishedAtMs).toISOString(),
    durationMs: finishedAtMs - startedAtMs,
    summary: accounts.map(({ summary }) => summary).reduce(addSummaries, emptySummary),
    accounts,
    exitCode: exitCodes[exitReason],
    exitReason: exitReasonName(exitReason),
  };
}

function addSummaries(one: Summary, other: Summary): Summary {
  const names = Object.keys(one) as (keyof Summary)[];
  return Object.fromEntries(names.map((name) => [name, one[name] + other[name]])) as unknown as Summary;
}
