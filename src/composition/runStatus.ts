import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Invocation } from '../cli/invocation.js';
import { bugFailure } from '../commands/bugFailure.js';
import { status } from '../commands/status.js';
import { readAccountNames } from '../config/accounts.js';
import { type Config, configForAccount, loadConfig, type LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import { secretVariables } from '../config/variables.js';
import { exitCodes } from '../core/exitCode.js';
import type { Failure } from '../core/failure.js';
import type { JournalReading } from '../core/journalEntry.js';
import { reportError } from '../core/report.js';
import { healthCodes } from '../core/runHealth.js';
import {
  type AccountStatus,
  buildStatusReport,
  failedStatusReport,
  type StatusReport,
} from '../core/statusReport.js';
import { renderStatus, renderStatusMarkdown } from '../report/statusScreen.js';
import { readJournalHistory } from '../runtime/journalHistory.js';
import { createScrubber } from '../runtime/secrets.js';
import { StateError } from '../runtime/stateError.js';
import { systemClock } from '../runtime/systemClock.js';
import { logFor } from './logFor.js';
import { logProblem } from './logProblem.js';
import { withLostOutput } from './lostOutput.js';
import { paintFor } from './presenter.js';
import { configFailure } from './runSubject.js';
import type { System } from './system.js';

/**
 * Shows how past runs went. Reads the journals and nothing else: no key, no network, no lock.
 *
 * @returns the exit code of a monitoring plugin; that of any command when the configuration is not valid
 */
export async function runStatus(invocation: Invocation, system: System): Promise<number> {
  const scrub = createScrubber(secretVariables.map((name) => system.environment[name] ?? ''));
  const nowMs = systemClock.now();
  const logOf = (config: Config | null) =>
    logFor({ invocation, system, config, scrub, runId: null, account: null });
  const present = async (report: StatusReport): Promise<number> => {
    system.stdout.write(scrub(render(report, invocation, system)));
    const { exitCode, state } = report;
    const end = {
      lostBy: await system.stdout.lost(),
      acted: false,
      log: logOf(null),
      width: system.stderr.width,
    };
    return withLostOutput({ exitCode, exitReason: state }, end).exitCode;
  };
  const fail = (failure: Failure, exitCode: number): Promise<number> => {
    logProblem(reportError(failure), null, logOf(null), system.stderr.width);
    return present(failedStatusReport(failure, exitCode, nowMs));
  };
  try {
    const loaded = load(invocation, system);
    const log = logOf(loaded.config);
    for (const warning of loaded.warnings) log.warn('config_warning', warning);
    const accounts = configsOf(loaded, system).map((config) => statusOf(config, invocation, system, nowMs));
    return await present(buildStatusReport(accounts, nowMs));
  } catch (error) {
    return error instanceof ConfigError
      ? fail(configFailure(error), exitCodes.config)
      : fail(bugFailure(error, logOf(null)), healthCodes.unknown);
  }
}

function load({ flags, envFile }: Invocation, system: System): LoadedConfig {
  return loadConfig({ ...system, flags, envFile, sandbox: null, offline: true });
}

function configsOf({ config }: LoadedConfig, system: System): readonly Config[] {
  if (config.accounts === null) return [config];
  const names = readAccountNames(config.accounts, system);
  return names.map((name) => configForAccount(config, { name, apiKey: '' }));
}

function statusOf(config: Config, { limit }: Invocation, system: System, nowMs: number): AccountStatus {
  const { account, intervalMinutes, jobTimeoutMs } = config;
  const here = hostname();
  return status({
    account,
    intervalMinutes,
    jobTimeoutMs,
    nowMs,
    limit,
    readJournal: () => tryToReadJournal(config, limit),
    // In a container, every process may have the same number.
    isAlive: (pid, host) => (host === here ? pid !== system.pid && system.isAlive(pid) : null),
  });
}

function tryToReadJournal({ stateDir }: Config, limit: number): JournalReading | string | null {
  try {
    return readJournalHistory(join(stateDir, 'journal.jsonl'), limit);
  } catch (error) {
    if (error instanceof StateError) return error.message;
    throw error;
  }
}

function render(report: StatusReport, invocation: Invocation, system: System): string {
  const { output, quiet } = invocation;
  if (output === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  if (output === 'markdown') return renderStatusMarkdown(report);
  if (quiet && report.state === 'healthy') return '';
  const { stdout } = system;
  return renderStatus(report, {
    paint: paintFor(stdout, invocation, system),
    nowMs: Date.parse(report.checkedAt),
    brief: quiet,
    width: stdout.isTerminal ? stdout.width : null,
  });
}
