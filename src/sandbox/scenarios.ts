import type { Random } from './random.js';
import type { SandboxInstance } from './sandboxInstance.js';
import type { SandboxJob } from './sandboxJob.js';
import type { ScenarioName } from './scenarioNames.js';
import { dataScenario } from './scenarios/data.js';
import { busyScenario } from './scenarios/busy.js';
import { capacityScenario } from './scenarios/capacity.js';
import { demoScenario } from './scenarios/demo.js';
import { fallbackScenario } from './scenarios/fallback.js';
import { faultsScenario } from './scenarios/faults.js';
import { largeScenario } from './scenarios/large.js';
import { recoveryScenario } from './scenarios/recovery.js';

/** What an emulated account holds, and what goes wrong with its lists. */
export interface Scenario {
  readonly instances: readonly SandboxInstance[];
  readonly jobs: readonly SandboxJob[];
  /** The first request of each of these lists fails, and then it works. */
  readonly failingLists: boolean;
}

/**
 * Builds a scenario. The same name, randomness and time always give the same account.
 *
 * @param now - unix seconds
 */
export function buildScenario(name: ScenarioName, random: Random, now: number): Scenario {
  const nothing: Scenario = { instances: [], jobs: [], failingLists: false };
  switch (name) {
    case 'empty':
      return nothing;
    case 'demo':
      return { ...nothing, ...demoScenario(random, now) };
    case 'large':
      return { ...nothing, ...largeScenario(random, now) };
    case 'data':
      return { ...nothing, ...dataScenario(random, now) };
    case 'fallback':
      return { ...nothing, ...fallbackScenario(random, now) };
    case 'recovery':
      return { ...nothing, ...recoveryScenario(random, now) };
    case 'capacity':
      return { ...nothing, ...capacityScenario(random, now) };
    case 'busy':
      return { ...nothing, ...busyScenario(random, now) };
    case 'faults':
      return { ...nothing, ...faultsScenario(random, now), failingLists: true };
  }
}
