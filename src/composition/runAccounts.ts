import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Invocation } from '../cli/invocation.js';
import { bugFailure } from '../commands/bugFailure.js';
import { emptyResult } from '../commands/commandResult.js';
import { type Account, type AccountSelection, readAccounts } from '../config/accounts.js';
import { configForAccount, type LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import { reportingOf, secretsOfReporting } from '../config/reporting.js';
import { secretVariables } from '../config/variables.js';
import { type AccountsReport, buildAccountsReport } from '../core/accountsReport.js';
import { failureOf } from '../core/failure.js';
import type { Report } from '../core/report.js';
import { noRequests } from '../core/requestCounts.js';
import { createScrubber, type Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import { logAccounts } from './logAccounts.js';
import { logFor } from './logFor.js';
import { withLostOutput } from './lostOutput.js';
import { performRun } from './performRun.js';
import { concludeRun, renderAccounts } from './presenter.js';
import { configFailure, type RunSubject } from './runSubject.js';
import type { SandboxSource } from './sandboxes.js';
import type { Signals } from './signals.js';
import type { System } from './system.js';

export interface RunAccounts {
  readonly invocation: Invocation;
  readonly system: System;
  readonly signals: Signals;
  readonly loaded: LoadedConfig;
  readonly accounts: AccountSelection;
  readonly sandboxes?: SandboxSource;
}

export interface PerformedAccounts {
  readonly report: AccountsReport;
  /** Takes the keys of all accounts out. */
  readonly scrub: Scrub;
}

/**
 * Runs a command for each account of a folder and prints the results.
 *
 * @returns the worst exit code
 */
export async function runAccounts(run: RunAccounts): Promise<number> {
  const { invocation, system, loaded } = run;
  const { report, scrub } = await performAccounts(run);
  const { command, accounts, finishedAt } = report;
  const { config } = loaded;
  if (invocation.monitor) {
    const { presentMonitor } = await import('./monitor.js');
    return presentMonitor(accounts, { invocation, system, config, scrub });
  }
  system.stdout.write(scrub(await renderAccounts(report, invocation, system, Date.parse(finishedAt))));
  const log = logFor({ invocation, system, config, scrub, runId: null, account: null });
  const acted = command === 'migrate' && accounts.some(({ dryRun }) => !dryRun);
  const lostBy = await system.stdout.lost();
  const ended = withLostOutput(report, { lostBy, acted, log, width: system.stderr.width });
  logAccounts(ended, log);
  return ended.exitCode;
}

/**
 * Runs a command for each account of a folder, a few at a time. Each is a run of its own, with its own lock, journal
 * and limits, so that one that fails never hides or stops another.
 */
export async function performAccounts(run: RunAccounts): Promise<PerformedAccounts> {
  const { invocation, system } = run;
  const startedAtMs = systemClock.now();
  const accounts = tryToReadAccounts(run.accounts, system);
  const scrub = scrubFor(accounts instanceof ConfigError ? [] : accounts, run);
  const width = atOnce(run);
  const limit = pLimit(width);
  const reports = await Promise.all(
    subjectsOf(accounts, run).map((subject) =>
      limit(() => runOne(subject(), { ...run, alone: width === 1 }, scrub)),
    ),
  );

  const finishedAtMs = systemClock.now();
  const { command } = invocation;
  return { report: buildAccountsReport({ command, accounts: reports, startedAtMs, finishedAtMs }), scrub };
}

function tryToReadAccounts(selection: AccountSelection, system: System): readonly Account[] | ConfigError {
  try {
    return readAccounts(selection, system);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** Takes out the keys of all accounts: their reports are shown together, in the order of the names. */
function scrubFor(accounts: readonly Account[], { system, loaded }: RunAccounts): Scrub {
  return createScrubber([
    ...accounts.map(({ apiKey }) => apiKey ?? ''),
    ...secretsOfReporting(loaded.config.reporting),
    ...secretVariables.map((name) => system.environment[name] ?? ''),
  ]);
}

/** Runs that each ask the same person would share the answer. */
function atOnce({ invocation, system, loaded: { config } }: RunAccounts): number {
  const asks = invocation.command === 'migrate' && !invocation.yes && !config.dryRun;
  return asks && system.conversation !== null ? 1 : config.accountConcurrency;
}

/** What to run; each is looked at as its turn comes. */
function subjectsOf(
  accounts: readonly Account[] | ConfigError,
  { invocation, loaded, signals }: RunAccounts,
): readonly (() => RunSubject)[] {
  const { config, warnings } = loaded;
  const all = { account: null, config, reporting: config.reporting, warnings };
  if (accounts instanceof ConfigError) return [() => ({ ...all, failure: configFailure(accounts) })];
  if (accounts.length > 1 && (invocation.targets.length > 0 || invocation.plan !== null)) {
    const given = invocation.plan === null ? 'ids and names are those' : 'a plan is that';
    const detail = `${given} of one account`;
    const nextStep = 'Name the account with --account.';
    return [() => ({ ...all, failure: failureOf('usage_invalid', { detail, nextStep }) })];
  }
  return accounts.map((account) => () => subjectOf(account, loaded, signals));
}

function subjectOf(
  { name, apiKey, problem }: Account,
  { config, warnings }: LoadedConfig,
  signals: Signals,
): RunSubject {
  const stopped = signals.failure();
  // A run that was not begun when the signal came has nothing to tell anybody.
  const reporting = stopped === null ? config.reporting : reportingOf({});
  const base = { account: name, reporting, warnings };
  if (apiKey === null)
    return { ...base, config, failure: configFailure({ problems: problem === null ? [] : [problem] }) };
  return { ...base, config: configForAccount(config, { name, apiKey }), failure: stopped };
}

/** A bug in one run ends that run alone. */
async function runOne(
  subject: RunSubject,
  { invocation, system, signals, sandboxes, alone }: RunAccounts & { readonly alone: boolean },
  scrub: Scrub,
): Promise<Report> {
  const startedAtMs = systemClock.now();
  try {
    return await performRun({
      invocation,
      system,
      signals,
      sandboxes,
      alone,
      subject,
      present: () => Promise.resolve(),
    });
  } catch (error) {
    const { account, config } = subject;
    const runId = randomUUID();
    const failure = bugFailure(error, logFor({ invocation, system, config, scrub, runId, account }));
    const times = { startedAtMs, finishedAtMs: systemClock.now() };
    const saveData = config?.saveData ?? null;
    const fallback = config?.fallback ?? null;
    const facts = { runId, account, saveData, fallback, requests: noRequests, ...times };
    return concludeRun(emptyResult(failure), invocation, facts);
  }
}
