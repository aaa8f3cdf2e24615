import { type Invocation, isForWholeAccount } from '../cli/invocation.js';
import { bugFailure } from '../commands/bugFailure.js';
import { type CommandResult, emptyResult } from '../commands/commandResult.js';
import type { Progress } from '../commands/progress.js';
import type { Config } from '../config/config.js';
import { failureOf } from '../core/failure.js';
import type { Log } from '../core/log.js';
import { ProviderError } from '../core/providerError.js';
import type { RunLifetime } from '../runtime/runLifetime.js';
import { systemClock } from '../runtime/systemClock.js';
import type { ClockWatch } from './clockWatch.js';
import { executeCommand } from './executeCommand.js';
import { type KeptMemory, nothingToldYet } from './keptMemory.js';
import { loadPlan } from './loadPlan.js';
import { recallRefusals } from './recallRefusals.js';
import type { Reporter } from './reporter.js';
import type { RequestTally } from './requestTally.js';
import { noState, openRunState, type RunState } from './runState.js';
import type { System } from './system.js';

/** A run whose configuration is known, with all that it goes on with. */
export interface ConfiguredRun {
  readonly invocation: Invocation;
  readonly system: System;
  readonly progress: Progress;
  readonly startReading: () => () => void;
  readonly config: Config;
  readonly log: Log;
  readonly runId: string;
  /** Unix ms. */
  readonly startedAtMs: number;
  readonly lifetime: RunLifetime;
  readonly tally: RequestTally;
  readonly clockWatch: ClockWatch;
  readonly reporter: Reporter;
}

/** What came of the command, and what the run keeps on this host until it has told of that. */
export interface ConfiguredEnd {
  readonly result: CommandResult;
  readonly state: RunState;
}

/** Runs the command: from here on there is a deadline, and the lock is held where something may be changed. Never throws. */
export async function runConfigured(run: ConfiguredRun): Promise<ConfiguredEnd> {
  const { config, log, lifetime, reporter } = run;
  if (run.invocation.command === 'migrate' && run.invocation.detailedExitCode && !config.dryRun) {
    const detail = '--detailed-exitcode of migrate needs --dry-run';
    const nextStep = 'Add --dry-run, or leave --detailed-exitcode out.';
    return { result: emptyResult(failureOf('usage_invalid', { detail, nextStep })), state: noState };
  }
  const deadlineMs = systemClock.now() + config.jobTimeoutMs;
  lifetime.limitTo(config.jobTimeoutMs);
  try {
    const planFile = await loadPlan(run);
    if (planFile !== null && 'code' in planFile) return { result: emptyResult(planFile), state: noState };
    const state = leavesTraces(run)
      ? await openRunState({
          ...run,
          ...config,
          wholeAccount: isForWholeAccount(run.invocation),
          now: () => systemClock.now(),
        })
      : noState;
    if (!('journal' in state)) return { result: emptyResult(state), state: noState };
    reporter.started();
    const hasRead = run.startReading();
    const result = await catchFailures(
      () =>
        executeCommand({
          ...run,
          deadlineMs,
          planFile,
          journal: state.journal,
          earlier: state.earlier,
          // Once the lock is held, so that no other run may still be refused something.
          earlierRefusals: recallRefusals(run, systemClock.now()),
          hasRead,
          onObserved: (decisions) => {
            if (!config.dryRun) reporter.observed(decisions, programMemory(state, run));
          },
        }),
      log,
    );
    hasRead();
    return { result, state };
  } catch (error) {
    return { result: emptyResult(bugFailure(error, log)), state: noState };
  }
}

/** On the sandbox nothing is remembered, and every notice is new. */
function programMemory(state: RunState, { invocation }: ConfiguredRun): KeptMemory {
  return invocation.scenario === null ? state.programMemory : nothingToldYet;
}

/** Looking changes nothing and needs no lock, and the sandbox is not the account that the journal is about. */
function leavesTraces({ invocation, config }: ConfiguredRun): boolean {
  return invocation.command === 'migrate' && invocation.scenario === null && config.enabled && !config.dryRun;
}

/** What ends a command before it has decided anything. A stack is shown for a bug only. */
async function catchFailures(work: () => Promise<CommandResult>, log: Log): Promise<CommandResult> {
  try {
    return await work();
  } catch (error) {
    return emptyResult(error instanceof ProviderError ? error.failure : bugFailure(error, log));
  }
}
