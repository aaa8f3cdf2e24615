import type { Decision } from '../core/eligibility.js';
import type { Plan } from '../core/plan.js';
import type { InstanceResult } from '../core/summary.js';
import { act, type ActInput } from './act.js';
import { createCapacityProbes } from './capacityProbes.js';

export interface ActOnPlanInput extends ActInput {
  /** False where somebody was asked about the plan, and has agreed to that and no more. */
  readonly passesPlacesOn: boolean;
}

export interface ActedOnPlan {
  readonly results: readonly InstanceResult[];
  /** What is left for a later run. */
  readonly deferred: readonly Decision[];
}

/**
 * Migrates what was planned. Where there was no room for an instance, its place in the run goes to the next one over the
 * limit: a product without room, of which instances are down longest, would else keep all others down with it. No more
 * than the limit are changed. A product and cluster that has refused is not asked again, so this comes to one more request
 * for each of them at most; where instances are started instead, to one for each instance, as each has a node of its own.
 */
export async function actOnPlan(plan: Plan, input: ActOnPlanInput): Promise<ActedOnPlan> {
  const { control, passesPlacesOn } = input;
  const probes = createCapacityProbes();
  let latest = await act(plan.migrate, input, probes);
  let { deferred } = plan;
  const results = [...latest];
  while (passesPlacesOn && !control.stopping.aborted) {
    const places = latest.filter(({ outcome }) => outcome === 'no_capacity').length;
    if (places === 0 || deferred.length === 0) break;
    latest = await act(deferred.slice(0, places), input, probes);
    deferred = deferred.slice(places);
    results.push(...latest);
  }
  return { results, deferred };
}
