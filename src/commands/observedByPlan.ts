import { explain } from '../core/explain.js';
import { followPlan } from '../core/followPlan.js';
import { idWithName } from '../core/instance.js';
import type { Log } from '../core/log.js';
import type { PlanFile } from '../core/planFile.js';
import type { Observation } from './observe.js';

export interface ByPlan {
  /** Null to leave the observation as it is. */
  readonly planFile: PlanFile | null;
  readonly log: Log;
}

/**
 * Narrows an observation to the instances of a plan, and says which of them have changed and how many others are
 * eligible by now.
 */
export function observedByPlan(observation: Observation, { planFile, log }: ByPlan): Observation {
  if (planFile === null) return observation;
  const { decisions, notFound, leftAlone } = followPlan(observation.decisions, planFile);
  for (const decision of decisions) {
    if (decision.reason !== 'plan_outdated') continue;
    const { instance } = decision;
    log.error('plan_outdated', `${idWithName(instance)} ${explain(decision)}`, { instanceId: instance.id });
  }
  const warnings = [...observation.warnings];
  if (leftAlone.length > 0) {
    const count =
      leftAlone.length === 1 ? '1 eligible instance is' : `${leftAlone.length} eligible instances are`;
    const warning = `${count} not in the plan and left alone.`;
    log.warn('plan_outdated', warning);
    warnings.push(warning);
  }
  return { ...observation, decisions, notFound, warnings };
}
