import type { FallbackMode } from '../../src/core/fallback.js';
import type { SaveDataMode } from '../../src/core/saveData.js';
import { createRandom, type Random } from './random.js';
import type { Rules } from './decisionTable.js';
import type { ProviderTraits } from './world.js';

/** The settings of the runs of one schedule, as an operator would have made them. */
export interface Settings extends Rules {
  readonly saveData: SaveDataMode;
  readonly fallback: FallbackMode;
  readonly retryBaseMs: number;
  readonly requestTimeoutMs: number;
  readonly jobTimeoutMs: number;
  readonly maxConcurrent: number;
  readonly pageConcurrency: number;
  readonly maxPerRun: number;
  readonly waitSeconds: number;
  readonly dryRun: boolean;
  readonly detailedExitCode: boolean;
  /** What was asked for by id; empty for everything. */
  readonly targets: readonly string[];
}

/** What happens to one run from outside, in ms after its start; null when it does not happen. */
export interface RunPlan {
  /** From the end of the run before. */
  readonly startsAfterMs: number;
  readonly signalAfterMs: number | null;
  readonly secondSignalAfterMs: number | null;
  readonly killedAfterMs: number | null;
  readonly deedsOfOthers: number;
  /** Where it takes place: each host has a journal of its own. */
  readonly host: HostName;
}

export type HostName = 'one' | 'other';

/** How often requests go wrong, from 0 to 1. */
export interface Weather {
  readonly reading: number;
  readonly migrating: number;
}

export interface Schedule {
  readonly fleetSize: number;
  readonly settings: Settings;
  readonly traits: ProviderTraits;
  readonly weather: Weather;
  readonly runs: readonly RunPlan[];
}

/** Draws everything about a schedule that is known before it starts. */
export function drawSchedule(seed: number): Schedule {
  const random = createRandom(seed);
  // What was added later is drawn apart, so that a seed still stands for what it stood for.
  const apart = createRandom(seed + 0xfa11);
  const fleetSize = random.weighted([
    [random.integer(1, 3), 3],
    [random.integer(4, 10), 5],
    [random.integer(11, 25), 1],
  ]);
  return {
    fleetSize,
    settings: { ...drawSettings(random, fleetSize), fallback: apart.pick(['none', 'start', 'start']) },
    traits: { ...drawTraits(random), starts: apart.pick(['always', 'always', 'sometimes', 'never']) },
    weather: { reading: random.pick([0, 0, 0.02, 0.1, 0.3]), migrating: random.pick([0, 0.2, 0.5, 0.9]) },
    runs: Array.from({ length: random.integer(1, 3) }, () => ({
      ...drawRun(random),
      host: apart.pick(['one', 'one', 'other']),
    })),
  };
}

function drawSettings(random: Random, fleetSize: number): Omit<Settings, 'fallback'> {
  const byId = random.chance(0.12);
  const ids = Array.from({ length: random.integer(1, 4) }, () => `i-${random.integer(1, fleetSize + 1)}`);
  const dryRun = random.chance(0.05);
  return {
    cooldownMinutes: random.pick([0, 60, 60, 60]),
    maxAttempts: random.pick([2, 5, 5]),
    retryFailed: random.chance(0.85),
    holdLocalData: random.chance(0.5),
    force: byId && random.chance(0.5),
    saveData: random.pick(['off', 'off', 'try', 'require']),
    // The reads that settle a request come 4, 8 and 16 times this apart. With less than 300 ms they are over
    // before the job list, which lags behind by up to 8 s here, can show anything: no client could tell then.
    retryBaseMs: random.pick([500, 500, 500, 1_000, 5_000]),
    requestTimeoutMs: random.pick([2_000, 10_000, 30_000]),
    jobTimeoutMs: random.pick([3_000, 20_000, 60_000, 300_000, 600_000, 600_000]),
    maxConcurrent: random.pick([1, 2, 5, 5, 20]),
    pageConcurrency: random.pick([1, 2, 8]),
    maxPerRun: random.pick([0, 100, 100, 100, 2]),
    waitSeconds: random.pick([0, 0, 20, 300]),
    dryRun,
    detailedExitCode: dryRun && random.chance(0.5),
    targets: byId ? ids : [],
  };
}

function drawTraits(random: Random): Omit<ProviderTraits, 'starts'> {
  const pageCap = random.pick([100, 100, 7, 3]);
  return {
    pageCap,
    total: random.pick(['right', 'right', 'right', 'text', 'absent', 'low', 'high', 'of_page']),
    repeatsRows: random.chance(0.2),
    sendsUnreadableRow: random.chance(0.05),
    jobList: random.weighted([
      ['up', 10],
      ['down', 1],
      ['down_later', 1],
    ]),
    jobLagMs: random.pick([0, 0, 1_000, 8_000]),
    readLagMs: random.pick([0, 0, 0, 1_000, 3_000]),
    isStrict: random.chance(0.5),
    keepsReclaimTime: random.chance(0.5),
    tellsLastStart: random.chance(0.8),
    skewMs: random.pick([0, 0, random.integer(-30_000, 30_000)]),
    failureRate: random.pick([0, 0.3, 0.9]),
    keepsData: random.pick(['always', 'sometimes', 'never', 'no_such_request']),
    poolsWithoutRoom: new Set(['p-1@c-1', 'p-1@c-2', 'p-2@c-1', 'p-2@c-2'].filter(() => random.chance(0.12))),
  };
}

function drawRun(random: Random): Omit<RunPlan, 'host'> {
  const signalAfterMs = random.chance(0.15) ? moment(random) : null;
  return {
    startsAfterMs: random.integer(60_000, 900_000),
    signalAfterMs,
    secondSignalAfterMs:
      signalAfterMs !== null && random.chance(0.4) ? signalAfterMs + random.integer(1, 25_000) : null,
    killedAfterMs: random.chance(0.25) ? moment(random) : null,
    deedsOfOthers: random.chance(0.3) ? random.integer(1, 4) : 0,
  };
}

/** Most runs are over soon, so early moments are drawn more often. */
function moment(random: Random): number {
  return random.pick([random.integer(0, 2_000), random.integer(0, 15_000), random.integer(0, 90_000)]);
}
