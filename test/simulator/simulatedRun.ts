import type { Exclusion } from '../../src/core/decisionTable.js';
import { drainMs, type RunLifetime, startRunLifetime } from '../../src/runtime/runLifetime.js';
import { type CommandResult, emptyResult } from '../../src/commands/commandResult.js';
import { noProgress } from '../../src/commands/progress.js';
import { migrate } from '../../src/commands/migrate.js';
import type { Clock } from '../../src/core/clock.js';
import { failureOf } from '../../src/core/failure.js';
import type { Log } from '../../src/core/log.js';
import { ProviderError } from '../../src/core/providerError.js';
import { type Backoff, maxAttempts } from '../../src/core/retry.js';
import { createClientOn } from '../../src/novita/client.js';
import type { Transport } from '../../src/novita/transport.js';
import { createFaultyTransport } from './faultyTransport.js';
import type { Host } from './hosts.js';
import type { RunRecord } from './runRecord.js';
import type { RunPlan, Schedule } from './schedule.js';
import type { World } from './world.js';

export interface SimulatedRunInput {
  readonly world: World;
  readonly schedule: Schedule;
  readonly plan: RunPlan;
  readonly run: RunRecord;
  readonly host: Host;
  readonly count: (event: string) => void;
  /** Something that goes wrong in the program itself, to see that the judge notices. */
  readonly sabotage: (transport: Transport) => Transport;
}

/** Lets the real command run once; null when it was killed. */
export async function simulateRun(input: SimulatedRunInput): Promise<CommandResult | null> {
  const { world, plan, run, count } = input;
  const { clock, note } = world;
  const control = startRunLifetime(
    drainMs,
    (ms, action) => clock.schedule(ms, action),
    () => clock.now(),
  );
  const cancellations = scheduleSignals(input, control);
  const killed = new Promise<null>((resolve) => {
    if (plan.killedAfterMs === null) return;
    const kill = (): void => {
      run.killedAtMs = clock.now();
      note(`run ${run.number}: killed`);
      count('event: killed');
      resolve(null);
    };
    cancellations.push(clock.schedule(plan.killedAfterMs, kill));
  });
  try {
    return await clock.run(Promise.race([execute(input, control), killed]));
  } finally {
    for (const cancel of cancellations) cancel();
    control.end();
  }
}

function scheduleSignals(
  { world, plan, run, count }: SimulatedRunInput,
  control: RunLifetime,
): (() => void)[] {
  const { clock, random, note } = world;
  const failure = failureOf(random.pick(['interrupted', 'terminated']));
  const signals: (() => void)[] = [];
  const at = (ms: number | null, name: string, act: () => void): void => {
    if (ms === null) return;
    const raise = (): void => {
      note(`run ${run.number}: ${name}`);
      count(`event: ${name}`);
      act();
    };
    signals.push(clock.schedule(ms, raise));
  };
  at(plan.signalAfterMs, 'signal', () => control.interrupt(failure));
  at(plan.secondSignalAfterMs, 'second signal', () => control.abandon(failure));
  return signals;
}

const kept: Exclusion = { variable: 'MIGRATION_EXCLUDE', pattern: 'keep-*' };

async function execute(input: SimulatedRunInput, control: RunLifetime): Promise<CommandResult> {
  const { world, schedule, run, host, sabotage } = input;
  const { settings } = schedule;
  const { journal, earlier, earlierRefusals } = host.begin(world, run);
  control.stopping.addEventListener('abort', () => {
    run.stoppedAtMs = world.clock.now();
    world.note(`run ${run.number}: has to stop`);
  });
  control.limitTo(settings.jobTimeoutMs);
  const clock = clockOfProcess(world, run);
  const log = logInto(world, run);
  const backoff = (): Backoff => ({
    baseMs: settings.retryBaseMs,
    randomFraction: world.random.fraction(),
  });
  const { pageConcurrency } = settings;
  const provider = createClientOn(sabotage(createFaultyTransport(input)), {
    baseUrl: 'https://api.test',
    pageConcurrency,
    backoff,
    clock,
    log,
    signal: control.cut,
    remainingMs: () => control.remainingMs(),
  });
  try {
    return await migrate({
      planFile: null,
      wholeAccount: settings.targets.length === 0,
      stuckMinutes: 60,
      onObserved: () => undefined,
      readProducts: null,
      readOffers: null,
      progress: noProgress,
      nearest: () => null,
      wantsHistory: false,
      passesPlacesOn: true,
      ...settings,
      provider,
      clock,
      log,
      backoff,
      control,
      policy: {
        ...settings,
        earlierRefusals,
        exclusionOf: ({ name }) => (name.startsWith('keep-') ? kept : null),
      },
      earlier,
      intervalMinutes: 15,
      startedAtMs: run.startedAtMs,
      deadlineMs: run.startedAtMs + settings.jobTimeoutMs,
      journal,
      attemptLimit: settings.retryFailed ? maxAttempts : 1,
      confirm: () => Promise.resolve(true),
    });
  } catch (error) {
    if (error instanceof ProviderError) return emptyResult(error.failure);
    throw error;
  }
}

/** The time of a process that may be killed: a killed one never wakes up again. */
function clockOfProcess({ clock }: World, run: RunRecord): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        void clock.sleep(ms, signal).then(() => {
          if (run.killedAtMs === null) resolve();
        });
      }),
  };
}

function logInto({ note }: World, run: RunRecord): Log {
  const line =
    (level: string) =>
    (event: string, message: string): void =>
      note(`run ${run.number}: ${level} ${event}: ${message}`);
  return { debug: () => undefined, info: line('info'), warn: line('warn'), error: line('error') };
}
