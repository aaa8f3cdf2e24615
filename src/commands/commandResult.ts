import type { Failure } from '../core/failure.js';
import type { SettledMigration } from '../core/settled.js';
import { noPrices, type PriceByInstance } from '../core/price.js';
import type { InstanceResult } from '../core/summary.js';
import type { ObservationFacts } from './observe.js';

/** What a command found and did, before it is counted and shown. */
export interface CommandResult extends ObservationFacts {
  readonly results: readonly InstanceResult[];
  /** Earlier migrations that have ended since, which no run has told of before. */
  readonly settled: readonly SettledMigration[];
  /** What the instances of a plan cost; empty where nobody asked. */
  readonly prices: PriceByInstance;
  /** True when nothing was meant to be changed. */
  readonly dryRun: boolean;
  /** True when the operator declined the plan; absent where nobody was asked. */
  readonly declined?: boolean;
  /** What stopped the command before its time. */
  readonly failure: Failure | null;
}

/** The result of a command that did not get as far as deciding anything. */
export function emptyResult(failure: Failure | null, warnings: readonly string[] = []): CommandResult {
  return {
    observed: false,
    results: [],
    prices: noPrices,
    notFound: [],
    ambiguous: [],
    suggestions: new Map(),
    listComplete: false,
    jobsAvailable: true,
    stuck: [],
    warnings,
    settled: [],
    dryRun: false,
    failure,
  };
}
