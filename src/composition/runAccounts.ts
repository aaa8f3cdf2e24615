import pLimit from 'p-limit';
import type { Invocation } from '../cli/invocation.js';
import { type Account, type AccountSelection, readAccounts } from '../config/accounts.js';
import { configForAccount, type LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import { reportingOf } from '../config/reporting.js';
import { buildAccountsReport } from '../core/accountsReport.js';
import type { Report } from '../core/report.js';
import { createScrubber, type Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import { logFor } from './logFor.js';
import { performRun, type RunSubject } from './performRun.js';
import { renderAccounts } from './presenter.js';
import { subjectOfProblems } from './subjectOfProblems.js';
import type { Signals } from './signals.js';
import type { System } from './system.js';

export interface RunAccounts {
  readonly invocation: Invocation;
  readonly system: System;
  readonly signals: Signals;
  readonly loaded: LoadedConfig;
  readonly accounts: AccountSelection;
}

/**
 * Runs a command for each account of a folder, a few at a time. Each is a run of its own, with its own lock, journal
 * and limits, so that one that fails never hides or stops another.
 *
 * @returns the worst exit code
 */
export async function runAccounts({
  invocation,
  system,
  signals,
  loaded,
  accounts: selection,
}: RunAccounts): Promise<number> {
  const startedAtMs = systemClock.now();
  const { config } = loaded;
  const accounts = tryToReadAccounts(selection, system);
  const limit = pLimit(config.accountConcurrency);
  const scrubs: Scrub[] = [];
  const runOne = (subject: RunSubject): Promise<Report> =>
    performRun({
      invocation,
      system,
      signals,
      subject,
      // Shown together, in the order of the names.
      present: (_report, scrub) => scrubs.push(scrub),
    });
  const reports =
    accounts instanceof ConfigError
      ? [await runOne({ ...subjectOfProblems(accounts), reporting: config.reporting })]
      : await Promise.all(
          accounts.map((account) => limit(() => runOne(subjectOf(account, loaded, signals)))),
        );

  const finishedAtMs = systemClock.now();
  const report = buildAccountsReport({
    command: invocation.command,
    accounts: reports,
    startedAtMs,
    finishedAtMs,
  });
  const scrub: Scrub = (text) => scrubs.reduce((clean, each) => each(clean), text);
  system.stdout.write(scrub(renderAccounts(report, invocation, system, finishedAtMs)));
  const log = logFor({ invocation, system, config, scrub: createScrubber([]), runId: null, account: null });
  const failed = reports.filter(({ exitCode }) => exitCode !== 0).length;
  log.info('accounts_summary', `${reports.length} accounts, ${failed} of them failed`, {
    accounts: reports.length,
    failed,
    durationMs: report.durationMs,
    exitCode: report.exitCode,
    exitReason: report.exitReason,
  });
  return report.exitCode;
}

function tryToReadAccounts(selection: AccountSelection, system: System): readonly Account[] | ConfigError {
  try {
    return readAccounts(selection, system);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

function subjectOf(
  { name, apiKey, problem }: Account,
  { config, warnings }: LoadedConfig,
  signals: Signals,
): RunSubject {
  const base = { account: name, reporting: config.reporting, warnings };
  if (apiKey === null) {
    const error = new ConfigError(problem === null ? [] : [problem]);
    return { ...subjectOfProblems(error), ...base };
  }
  const stopped = signals.failure();
  // A run that was not begun when the signal came has nothing to tell anybody.
  if (stopped !== null) return { ...base, config: null, failure: stopped, reporting: reportingOf({}) };
  return { ...base, config: configForAccount(config, { name, apiKey }), failure: null };
}
