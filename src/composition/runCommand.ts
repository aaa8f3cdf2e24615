import { randomUUID } from 'node:crypto';
import type { Invocation } from '../cli/invocation.js';
import { bugFailure } from '../commands/bugFailure.js';
import { type CommandResult, emptyResult } from '../commands/commandResult.js';
import { type Config, loadConfig, type LoadedConfig } from '../config/config.js';
import { ConfigError } from '../config/configError.js';
import { failureOf } from '../core/failure.js';
import type { Log } from '../core/log.js';
import { ProviderError } from '../core/providerError.js';
import { createLogger, type LogFormat } from '../runtime/logger.js';
import { drainMs, type RunLifetime, startRunLifetime } from '../runtime/runLifetime.js';
import { createScrubber, type Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import { executeCommand } from './executeCommand.js';
import { logEnding } from './logEnding.js';
import { concludeRun, renderReport } from './presenter.js';
import { noState, openRunState, type RunState } from './runState.js';
import { openSandbox, type OpenedSandbox } from './sandboxes.js';
import type { System } from './system.js';

/**
 * Runs list, check or migrate once, and prints the result.
 *
 * @returns the exit code
 */
export async function runCommand(invocation: Invocation, system: System): Promise<number> {
  const startedAtMs = systemClock.now();
  const runId = randomUUID();
  const lifetime = startRunLifetime(drainMs);
  endOnSignals(system, lifetime);
  const sandbox = await openSandbox(invocation, systemClock);
  try {
    const loaded = tryToLoadConfig(invocation, system, sandbox);
    const config = 'config' in loaded ? loaded.config : null;
    const scrub = createScrubber([config?.apiKey ?? '', system.environment['NOVITA_API_KEY'] ?? '']);
    const log = logFor({ invocation, system, config, scrub, runId });
    for (const warning of loaded.warnings) log.warn('config_warning', warning);

    const { result, state } =
      loaded instanceof ConfigError
        ? { result: configProblems(loaded), state: noState }
        : await runConfigured({ invocation, system, config: loaded.config, log, runId, lifetime });
    const times = { runId, startedAtMs, finishedAtMs: systemClock.now() };
    const warnings = [...loaded.warnings, ...result.warnings, ...state.warnings];
    const report = concludeRun({ ...result, warnings }, invocation, times);
    state.end(report);
    system.stdout.write(scrub(renderReport(report, invocation, system, times.finishedAtMs)));
    logEnding(report, log);
    return report.exitCode;
  } finally {
    lifetime.end();
    await sandbox?.close();
  }
}

/**
 * The first signal lets what is in flight end; the second gives it up. Listening goes on until the process ends:
 * a signal after the report must not turn its exit code into another one.
 */
function endOnSignals(system: System, lifetime: RunLifetime): void {
  let signals = 0;
  system.onSignal((signal) => {
    signals += 1;
    const failure = failureOf(signal === 'SIGINT' ? 'interrupted' : 'terminated');
    if (signals === 1) lifetime.interrupt(failure);
    else lifetime.abandon(failure);
  });
}

interface ConfiguredRun {
  readonly invocation: Invocation;
  readonly system: System;
  readonly config: Config;
  readonly log: Log;
  readonly runId: string;
  readonly lifetime: RunLifetime;
}

async function runConfigured(
  run: ConfiguredRun,
): Promise<{ readonly result: CommandResult; readonly state: RunState }> {
  const { config, log, lifetime } = run;
  if (run.invocation.command === 'migrate' && run.invocation.detailedExitCode && !config.dryRun) {
    const detail = '--detailed-exitcode of migrate needs --dry-run';
    return { result: emptyResult(failureOf('usage_invalid', { detail })), state: noState };
  }
  lifetime.limitTo(config.jobTimeoutMs);
  try {
    const state = leavesTraces(run)
      ? await openRunState({ ...run, stateDir: config.stateDir, now: () => systemClock.now() })
      : noState;
    if (!('journal' in state)) return { result: emptyResult(state), state: noState };
    const result = await catchFailures(() => executeCommand({ ...run, journal: state.journal }), log);
    return { result, state };
  } catch (error) {
    return { result: emptyResult(bugFailure(error, log)), state: noState };
  }
}

/** Looking changes nothing and needs no lock, and the sandbox is not the account that the journal is about. */
function leavesTraces({ invocation, config }: ConfiguredRun): boolean {
  return invocation.command === 'migrate' && invocation.scenario === null && config.enabled && !config.dryRun;
}

function tryToLoadConfig(
  { flags, envFile }: Invocation,
  { environment, homeDirectory, readTextFile }: System,
  sandbox: OpenedSandbox | null,
): LoadedConfig | ConfigError {
  try {
    return loadConfig({ environment, flags, envFile, sandbox, homeDirectory, readTextFile });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

interface LogFor extends Pick<ConfiguredRun, 'invocation' | 'system' | 'runId'> {
  readonly config: Config | null;
  readonly scrub: Scrub;
}

function logFor({ invocation, system, config, scrub, runId }: LogFor): Log {
  const { stderr, environment } = system;
  // A configuration that could not be loaded still says how its own errors are to be written.
  const wanted = config?.logFormat ?? environment['MIGRATION_LOG_FORMAT'] ?? 'auto';
  const format: LogFormat =
    wanted === 'text' || wanted === 'json' ? wanted : stderr.isTerminal ? 'terminal' : 'json';
  return createLogger({
    level: invocation.quiet ? 'error' : (config?.logLevel ?? 'info'),
    format,
    runId,
    scrub,
    now: () => systemClock.now(),
    write: (line) => stderr.write(line),
  });
}

function configProblems({ problems }: ConfigError): CommandResult {
  const detail = problems.map(({ variable, message }) => `\n  ${variable} ${message}`).join('');
  return emptyResult(failureOf('config_invalid', { detail }));
}

/** What ends a command before it has decided anything. A stack is shown for a bug only. */
async function catchFailures(work: () => Promise<CommandResult>, log: Log): Promise<CommandResult> {
  try {
    return await work();
  } catch (error) {
    return emptyResult(error instanceof ProviderError ? error.failure : bugFailure(error, log));
  }
}
