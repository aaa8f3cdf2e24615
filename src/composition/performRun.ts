import { randomUUID } from 'node:crypto';
import { type Invocation, isForWholeAccount } from '../cli/invocation.js';
import { type CommandResult, emptyResult } from '../commands/commandResult.js';
import type { Config } from '../config/config.js';
import { reportingFor, secretsOfReporting } from '../config/reporting.js';
import { secretVariables, variables } from '../config/variables.js';
import { withProxyHint } from '../core/proxyHint.js';
import type { Report } from '../core/report.js';
import { withUnknownHint } from '../core/unknownHint.js';
import { drainMs, startRunLifetime } from '../runtime/runLifetime.js';
import { createScrubber, type Scrub } from '../runtime/secrets.js';
import { systemClock } from '../runtime/systemClock.js';
import { createClockWatch } from './clockWatch.js';
import { runConfigured } from './configuredRun.js';
import { logEnding } from './logEnding.js';
import { logFor } from './logFor.js';
import { logTargets } from './logTargets.js';
import { withLostOutput } from './lostOutput.js';
import { concludeRun } from './presenter.js';
import { createReporter } from './reporter.js';
import { reportingOfInvocation } from './reportingOfInvocation.js';
import { createRequestTally } from './requestTally.js';
import { noState } from './runState.js';
import type { RunSubject } from './runSubject.js';
import { openSandbox, type OpenedSandbox, type SandboxSource } from './sandboxes.js';
import type { Signals } from './signals.js';
import type { System } from './system.js';
import { watchRun } from './watchedRun.js';

export interface PerformRun {
  readonly invocation: Invocation;
  readonly system: System;
  readonly subject: RunSubject;
  readonly signals: Signals;
  /** True when no other run goes on at the same time, which would draw on the same terminal. */
  readonly alone: boolean;
  /** By default each run has a sandbox of its own, which ends with it. */
  readonly sandboxes?: SandboxSource | undefined;
  /** Prints the result, before the last line of the log. */
  readonly present: (report: Report, scrub: Scrub) => Promise<void>;
}

/** Runs list, check or migrate once for one account, tells everybody who is to be told, and prints the result. */
export async function performRun({
  invocation,
  system,
  subject,
  signals,
  alone,
  sandboxes = { open: () => openSandbox(invocation, systemClock) },
  present,
}: PerformRun): Promise<Report> {
  const startedAtMs = systemClock.now();
  const runId = randomUUID();
  const lifetime = startRunLifetime(drainMs);
  const detach = signals.attach(lifetime);
  let sandbox: OpenedSandbox | null = null;
  try {
    const { account, failure } = subject;
    if (failure === null) sandbox = await sandboxes.open(account);
    const config = subject.config === null ? null : onSandbox(subject.config, sandbox);
    const reporting = reportingFor(reportingOfInvocation(subject.reporting, invocation), account);
    const scrub = createScrubber([
      config?.apiKey ?? '',
      // With a sandbox, that is another one.
      subject.config?.apiKey ?? '',
      ...secretsOfReporting(subject.reporting),
      ...secretsOfReporting(reporting),
      ...secretVariables.map((name) => system.environment[name] ?? ''),
    ]);
    const watched = await watchRun({ system, invocation, config, alone });
    const log = logFor({ invocation, system: watched.system, config, scrub, runId, account });
    for (const warning of subject.warnings) log.warn('config_warning', warning);

    const tally = createRequestTally();
    const clockWatch = createClockWatch(log);
    const reporter = createReporter({
      reporting,
      runId,
      log,
      scrub,
      clock: systemClock,
      giveUp: signals.giveUp,
      version: system.version,
      intervalMinutes: config?.intervalMinutes ?? Number(variables.MIGRATION_INTERVAL_MINUTES.default),
      jobTimeoutMs: config?.jobTimeoutMs ?? Number(variables.MIGRATION_JOB_TIMEOUT_MS.default),
      readTextFile: system.readTextFile,
      account,
      startedAtMs,
      system,
      stopping: lifetime.stopping,
    });
    const run = {
      invocation,
      ...watched,
      log,
      runId,
      startedAtMs,
      lifetime,
      tally,
      clockWatch,
      reporter,
    };
    const { result: bare, state } =
      config === null || failure !== null
        ? { result: emptyResult(failure), state: noState }
        : await runConfigured({ ...run, config });
    const result = withHints(bare, system);

    const finishedAtMs = systemClock.now();
    const warnings = [...subject.warnings, ...clockWatch.warnings(), ...result.warnings, ...state.warnings];
    const saveData = config?.saveData ?? null;
    const fallback = config?.fallback ?? null;
    const requests = tally.counts(result.results);
    const facts = { runId, account, saveData, fallback, requests, startedAtMs, finishedAtMs };
    const report = concludeRun({ ...result, warnings }, invocation, facts);
    // The run that holds the lock tells of itself.
    const isLocked = result.failure?.code === 'lock_held';
    const deliveries = isLocked
      ? []
      : await reporter.ended({
          report,
          results: result.observed ? result.results : null,
          stuck: result.stuck,
          wholeAccount: isForWholeAccount(invocation),
          failure: result.failure,
          state,
        });
    const whole: Report = { ...report, deliveries };
    state.end(whole);
    await present(whole, scrub);
    logTargets(result, log);
    const { width } = system.stderr;
    const acted = whole.command === 'migrate' && !whole.dryRun;
    const ended = withLostOutput(whole, { lostBy: await system.stdout.lost(), acted, log, width });
    logEnding(ended, log, width);
    return ended;
  } finally {
    detach();
    lifetime.end();
    await sandbox?.close();
  }
}

function withHints(result: CommandResult, { environment }: System): CommandResult {
  const { failure } = result;
  if (failure === null) return result;
  return { ...result, failure: withProxyHint(withUnknownHint(failure, result.results), environment) };
}

function onSandbox(config: Config, sandbox: OpenedSandbox | null): Config {
  return sandbox === null ? config : { ...config, baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey };
}
