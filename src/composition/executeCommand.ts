import { type Invocation, isForWholeAccount } from '../cli/invocation.js';
import { nearestNameOf } from '../cli/nearest.js';
import { type CommandResult, emptyResult } from '../commands/commandResult.js';
import { inspect } from '../commands/inspect.js';
import type { Journal } from '../commands/journal.js';
import { migrate } from '../commands/migrate.js';
import type { Progress } from '../commands/progress.js';
import type { Config } from '../config/config.js';
import { describeConfig } from '../config/describeConfig.js';
import { compileFilter } from '../config/filters.js';
import type { EarlierRefusals } from '../core/earlierRefusals.js';
import type { EarlierRuns } from '../core/earlierRuns.js';
import type { Decision, EligibilityPolicy } from '../core/eligibility.js';
import { failureOf } from '../core/failure.js';
import type { Log } from '../core/log.js';
import type { Plan } from '../core/plan.js';
import type { PlanFile } from '../core/planFile.js';
import type { PriceByInstance } from '../core/price.js';
import { type Backoff, maxAttempts } from '../core/retry.js';
import type { RunControl } from '../core/runControl.js';
import { createNovitaClient, type NovitaClient } from '../novita/client.js';
import { systemClock } from '../runtime/systemClock.js';
import type { ClockWatch } from './clockWatch.js';
import { paintFor } from './presenter.js';
import type { RequestTally } from './requestTally.js';
import type { System } from './system.js';

export interface ExecuteInput {
  readonly invocation: Invocation;
  readonly system: System;
  readonly config: Config;
  readonly planFile: PlanFile | null;
  readonly log: Log;
  readonly journal: Journal;
  readonly earlier: EarlierRuns;
  readonly earlierRefusals: EarlierRefusals;
  /** When the run began, in unix ms. */
  readonly startedAtMs: number;
  readonly progress: Progress;
  readonly lifetime: RunControl;
  /** When the run has to be over, in unix ms. */
  readonly deadlineMs: number;
  readonly tally: Pick<RequestTally, 'onRequest'>;
  readonly clockWatch: Pick<ClockWatch, 'onTimedAnswer'>;
  /** Told what `migrate` has decided, before anything is changed. */
  readonly onObserved: (decisions: readonly Decision[]) => void;
  /** Called when all is read that somebody may be asked about. */
  readonly hasRead: () => void;
}

/**
 * Wires a command to the real API and runs it.
 *
 * @throws ProviderError when the instance list cannot be read
 */
export async function executeCommand(input: ExecuteInput): Promise<CommandResult> {
  const { invocation, system, config, log, lifetime, tally, clockWatch } = input;
  const { command } = invocation;
  const migrates = command === 'migrate';
  log[migrates ? 'info' : 'debug']('run_started', `${command} started`, describeConfig(config));
  if (migrates && !config.enabled) {
    const disabled = 'MIGRATION_ENABLED is false: nothing is looked at and nothing is migrated.';
    log.warn('disabled', disabled);
    return emptyResult(null, [disabled]);
  }
  const backoff = (): Backoff => ({ baseMs: config.retryBaseMs, randomFraction: Math.random() });
  const provider = await createNovitaClient({
    ...config,
    userAgent: `novita-spot/${system.version}`,
    backoff,
    clock: systemClock,
    log,
    signal: lifetime.cut,
    remainingMs: () => lifetime.remainingMs(),
    onRequest: tally.onRequest,
    onTimedAnswer: clockWatch.onTimedAnswer,
  });
  try {
    return await (migrates ? runMigrate(provider, backoff, input) : inspect(observing(provider, input)));
  } finally {
    provider.close();
  }
}

function observing(provider: NovitaClient, { invocation, config, log, earlierRefusals }: ExecuteInput) {
  const policy: EligibilityPolicy = {
    ...config,
    exclusionOf: compileFilter(config),
    earlierRefusals,
    holdLocalData: config.localData === 'hold',
    force: invocation.force,
  };
  return {
    provider,
    policy,
    clock: systemClock,
    log,
    targets: invocation.targets,
    nearest: nearestNameOf,
    stuckMinutes: config.stuckMinutes,
    wantsHistory: invocation.command === 'check',
  };
}

function runMigrate(
  provider: NovitaClient,
  backoff: () => Backoff,
  input: ExecuteInput,
): Promise<CommandResult> {
  const { config, journal, earlier, startedAtMs, lifetime, deadlineMs } = input;
  return migrate({
    ...observing(provider, input),
    ...config,
    planFile: input.planFile,
    wholeAccount: isForWholeAccount(input.invocation),
    onObserved: input.onObserved,
    readProducts: showsPrices(input) ? (signal) => provider.listProducts(signal) : null,
    readOffers: config.fallback === 'suggest' ? (signal) => provider.listProducts(signal) : null,
    journal,
    earlier,
    startedAtMs,
    deadlineMs,
    progress: input.progress,
    backoff,
    attemptLimit: config.retryFailed ? maxAttempts : 1,
    passesPlacesOn: input.system.conversation === null || input.invocation.yes,
    control: lifetime,
    confirm: (plan, prices) => confirmPlan(plan, prices, input),
  });
}

/** Prices cost a request, which a run that nobody looks at does not send. */
function showsPrices({ invocation, system, config }: ExecuteInput): boolean {
  const { quiet, output, yes } = invocation;
  return config.dryRun ? !quiet || output !== 'table' : system.conversation !== null && !yes;
}

async function confirmPlan(
  plan: Plan,
  prices: PriceByInstance,
  { invocation, system, config, lifetime, hasRead }: ExecuteInput,
): Promise<boolean> {
  hasRead();
  const { conversation, stderr } = system;
  if (conversation === null || invocation.yes) return true;
  const { renderPlan } = await import('../report/plan.js');
  const paint = paintFor(stderr, invocation, system);
  const width = stderr.isTerminal ? stderr.width : null;
  const { saveData, fallback } = config;
  stderr.write(renderPlan(plan, prices, { paint, nowMs: systemClock.now(), width, saveData, fallback }));
  const count = plan.migrate.length;
  const whose = config.account === null ? '' : ` of account ${config.account}`;
  const question = `Migrate ${count === 1 ? 'this instance' : `these ${count} instances`}${whose}?`;
  const { askYesOrNo } = await import('../cli/prompt.js');
  return askYesOrNo(question, {
    ...conversation,
    signal: lifetime.stopping,
    onInterrupt: () => lifetime.stop(failureOf('interrupted')),
    onLost: () => lifetime.stop(failureOf('hung_up')),
  });
}
