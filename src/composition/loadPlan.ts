import type { Invocation } from '../cli/invocation.js';
import type { Config } from '../config/config.js';
import { describeReadFailure } from '../config/readFailure.js';
import { allowsMore } from '../core/fallback.js';
import { type Failure, failureOf } from '../core/failure.js';
import { type PlanFile, readPlanFile } from '../core/planFile.js';
import type { RunControl } from '../core/runControl.js';
import { promisesLess } from '../core/saveData.js';
import type { System } from './system.js';

/** That of a fleet of hundreds of thousands of instances. */
const largestPlanBytes = 512 * 1024 * 1024;

const planStep =
  'Make the plan anew with novita-spot migrate --dry-run -o json > plan.json, for the same account.';

export interface LoadPlan {
  readonly invocation: Pick<Invocation, 'plan' | 'force'>;
  readonly config: Pick<Config, 'account' | 'saveData' | 'fallback'>;
  readonly system: Pick<System, 'readTextFile' | 'readStandardInput'>;
  readonly lifetime: Pick<RunControl, 'stopping' | 'failure'>;
}

/**
 * Reads the plan that the command line names.
 *
 * @returns null when it names none; the failure when it cannot be followed by this run, or the run ends before it is read
 */
export async function loadPlan({
  invocation,
  config,
  system,
  lifetime,
}: LoadPlan): Promise<PlanFile | Failure | null> {
  const { plan: path, force } = invocation;
  if (path === null) return null;
  const refuse = (problem: string): Failure =>
    failureOf('usage_invalid', { detail: `the plan ${problem}`, nextStep: planStep });
  let text: string;
  try {
    text =
      path === '-'
        ? await system.readStandardInput(lifetime.stopping)
        : system.readTextFile(path, largestPlanBytes);
  } catch (error) {
    const ended = lifetime.failure();
    if (ended !== null) return ended;
    const detail = `the plan ${describeReadFailure(error)}`;
    return failureOf('usage_invalid', { detail, nextStep: 'Correct the path that follows --plan.' });
  }
  const planFile = readPlanFile(text);
  if (typeof planFile === 'string') return refuse(planFile);
  if (planFile.account !== config.account)
    return refuse(`is for ${named(planFile.account)}, and this run is for ${named(config.account)}`);
  if (!force && planFile.instances.some(({ forcedPast }) => forcedPast.length > 0))
    return failureOf('usage_invalid', {
      detail: 'the plan was made with --force',
      nextStep: 'Give --force here as well, or make the plan without it.',
    });
  if (promisesLess(config.saveData, planFile.saveData))
    return failureOf('usage_invalid', {
      detail: `the plan was made with --save-data ${planFile.saveData}`,
      nextStep: 'Give the same --save-data here as well, or make the plan without it.',
    });
  if (allowsMore(config.fallback, planFile.fallback))
    return failureOf('usage_invalid', {
      detail: `the plan was made without --fallback ${config.fallback}`,
      nextStep: 'Give --fallback none here, or make the plan with it.',
    });
  return planFile;
}

function named(account: string | null): string {
  return account === null ? 'an account without a name' : `account ${JSON.stringify(account)}`;
}
