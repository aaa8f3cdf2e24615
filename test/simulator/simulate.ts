import type { CommandResult } from '../../src/commands/commandResult.js';
import type { Transport } from '../../src/novita/transport.js';
import { createVirtualClock } from '../support/virtualClock.js';
import { letOthersAct } from './bystanders.js';
import { populate } from './fleet.js';
import { createHosts } from './hosts.js';
import { judgeApplications, type RunOfSchedule } from './judgeApplications.js';
import { judgeDecisions } from './judgeDecisions.js';
import { judgeEnding } from './judgeEnding.js';
import { judgeMemory, refusedBefore } from './judgeMemory.js';
import { judgeOutcomes } from './judgeOutcomes.js';
import { createRandom } from './random.js';
import { newRunRecord } from './runRecord.js';
import { drawSchedule, type RunPlan, type Schedule } from './schedule.js';
import { simulateRun } from './simulatedRun.js';
import type { World } from './world.js';

export interface SimulateOptions {
  /** Gets every event of the schedule, for a replay. */
  readonly note?: (text: string) => void;
  /** Counts what happened, by name. */
  readonly count?: (event: string) => void;
  readonly sabotage?: (transport: Transport) => Transport;
  /** The journal of earlier runs is lost each time. */
  readonly forgets?: boolean;
}

/**
 * Plays one schedule: a fleet, a provider, a network, one to three runs of the real command, and the judge.
 *
 * @param seed - the same seed plays the same schedule
 * @returns what was violated; empty when all is well
 */
export async function simulate(seed: number, options: SimulateOptions = {}): Promise<readonly string[]> {
  const schedule = drawSchedule(seed);
  const count = options.count ?? (() => undefined);
  const world = createWorld(seed, schedule, options.note);
  populate(world, schedule.fleetSize);

  const hosts = createHosts(options.forgets === true);
  const runs: RunOfSchedule[] = [];
  const violations: string[] = [];
  for (const [index, plan] of schedule.runs.entries()) {
    if (index > 0) await world.clock.advance(plan.startsAfterMs);
    letOthersAct(world, plan.deedsOfOthers, world.random.pick([2_000, 20_000, 120_000]));
    const run = newRunRecord(index + 1, plan.host, world.clock.now());
    runs.push({ run, result: null });
    world.note(`run ${run.number}: started on host ${plan.host}`);
    const sabotage = options.sabotage ?? ((transport) => transport);
    try {
      const result = await simulateRun({
        world,
        schedule,
        plan,
        run,
        host: hosts(plan.host),
        count,
        sabotage,
      });
      runs[index] = { run, result };
      if (result) violations.push(...endRun(world, { run, result }, { schedule, plan, count }));
    } catch (error) {
      violations.push(
        `run ${run.number}: ${error instanceof Error ? (error.stack ?? error.message) : 'thrown'}`,
      );
    }
  }
  // What is still on its way arrives, so that no claim is judged before its time.
  await world.clock.advance(60_000);
  return [...violations, ...judge(world, schedule, runs)];
}

function createWorld(seed: number, { traits }: Schedule, note?: (text: string) => void): World {
  const clock = createVirtualClock();
  const startMs = clock.now();
  return {
    clock,
    random: createRandom(seed + 0x5eed),
    traits,
    instances: [],
    jobs: [],
    applications: [],
    jobsShownUntilMs: 0,
    note: note
      ? (text) => note(`${((clock.now() - startMs) / 1000).toFixed(3).padStart(9)} ${text}`)
      : () => undefined,
  };
}

interface EndOfRun {
  readonly schedule: Schedule;
  readonly plan: RunPlan;
  readonly count: (event: string) => void;
}

function endRun(
  { clock, note }: World,
  { run, result }: { readonly run: RunOfSchedule['run']; readonly result: CommandResult },
  { schedule: { settings }, plan, count }: EndOfRun,
): readonly string[] {
  const { exitReason, violations } = judgeEnding({ run, plan, settings, result, endedAtMs: clock.now() });
  count(`exit: ${exitReason}`);
  if (result.failure) count(`stopped by: ${result.failure.code}`);
  for (const { decision, outcome, attempts, failure } of result.results) {
    if (outcome !== null) count(`attempts: ${attempts}`);
    if (failure !== null) count(`failure: ${failure.code}`);
    count(outcome === null ? `skipped: ${decision.reason}` : `outcome: ${outcome}`);
  }
  note(`run ${run.number}: ended, ${exitReason}`);
  return violations.map((violation) => `run ${run.number}: ${violation}`);
}

function judge(world: World, schedule: Schedule, runs: readonly RunOfSchedule[]): readonly string[] {
  const { settings } = schedule;
  return [
    ...judgeApplications(world, schedule, runs),
    ...judgeMemory(world, settings, runs),
    ...runs.flatMap(({ run, result }) =>
      [
        ...run.violations,
        ...judgeDecisions(run, result, refusedBefore(run, runs)),
        ...(result ? judgeOutcomes({ world, run, settings, result }) : []),
      ].map((violation) => `run ${run.number}: ${violation}`),
    ),
  ];
}
