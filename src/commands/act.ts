import pLimit from 'p-limit';
import { circuitLimit, systemicRow } from '../core/circuit.js';
import type { Decision } from '../core/eligibility.js';
import { type Failure, failureOf } from '../core/failure.js';
import { idWithName } from '../core/instance.js';
import { migrationGroup } from '../core/migrationGroup.js';
import { outcomeOfFailure } from '../core/outcome.js';
import { stopsTheRun } from '../core/strategies.js';
import type { InstanceResult } from '../core/summary.js';
import { bugFailure } from './bugFailure.js';
import { createCapacityProbes } from './capacityProbes.js';
import { migrateInstance, type MigrateInstanceInput, startSpared } from './migrateInstance.js';
import { recheck } from './recheck.js';
import { createSpacing } from './spacing.js';
import { tellStopping } from './tellStopping.js';

export interface ActInput extends MigrateInstanceInput {
  readonly maxConcurrent: number;
  /** The jobs that were listed before. */
  readonly knownJobIds: ReadonlySet<string>;
}

/**
 * The time over which as many as may be in flight begin, in ms. Requests that go out together are answered together, and
 * then the work on all these answers keeps the next requests waiting.
 */
const spreadMs = 20;

/**
 * Migrates what was planned through a sliding window: as soon as one instance is done, the next one starts, a little
 * apart from the one before.
 * One instance's failure never stops the others. A refused key or account does, and so do three systemic failures
 * in a row; what was not reached by then is `not_started`.
 */
export async function act(
  planned: readonly Decision[],
  input: ActInput,
  probes = createCapacityProbes(),
): Promise<readonly InstanceResult[]> {
  const { control, progress } = input;
  const limit = pLimit(input.maxConcurrent);
  let failuresInRow = 0;
  let inFlight = 0;
  progress.started(planned.length);
  const callOff = tellStopping({ ...input, inFlight: () => inFlight });

  const nextStart = createSpacing(
    (ms) => input.clock.sleep(ms, control.stopping),
    spreadMs / input.maxConcurrent,
  );

  /** How an instance ends for which nothing is to be sent; null when something is. */
  const withoutRequest = (decision: Decision, group: string): InstanceResult | null => {
    if (control.stopping.aborted) return notStarted(decision);
    const refusal = probes.refusal(group);
    return refusal !== null && input.fallback !== 'start' ? spared(decision, refusal) : null;
  };

  const migrateNext = async (decision: Decision, group: string): Promise<InstanceResult> => {
    let end = withoutRequest(decision, group);
    if (end !== null) return end;
    await nextStart();
    // Meanwhile the run may have been stopped, or the group refused.
    end = withoutRequest(decision, group);
    if (end !== null) return end;

    inFlight += 1;
    const result = await control.drain(() => migrateOne(decision, probes.refusal(group), input));
    inFlight -= 1;
    failuresInRow = systemicRow(failuresInRow, result.failure);
    if (result.failure !== null && stopsTheRun(result.failure)) control.stop(result.failure);
    if (failuresInRow >= circuitLimit) {
      control.stop(failureOf('circuit_open', { detail: result.failure?.message ?? '' }));
    }
    return result;
  };

  const results = await Promise.all(
    planned.map(async (decision) => {
      const group = migrationGroup(decision.instance);
      // Waiting for a probe takes no place in the window.
      await probes.turn(group);
      return limit(async () => {
        let result: InstanceResult | null = null;
        try {
          result = await migrateNext(decision, group);
          progress.ended(decision.instance.id, result.outcome ?? 'skipped');
          return result;
        } finally {
          probes.ended(group, result);
        }
      });
    }),
  );
  callOff();
  return results;
}

/** @param refusal - why the pool of the instance is not to be asked; null when it is */
async function migrateOne(
  decision: Decision,
  refusal: Failure | null,
  input: ActInput,
): Promise<InstanceResult> {
  try {
    const { control, progress } = input;
    progress.changed(decision.instance, { kind: 'looking' });
    const obstacle = await recheck(decision.instance, input);
    if (obstacle !== null) return leftAlone(decision, obstacle, input);
    // Looking took its time.
    if (control.stopping.aborted) return notStarted(decision);
    const { knownJobIds } = input;
    if (refusal === null) return await migrateInstance(decision, knownJobIds, input);
    return (await startSpared(decision, refusal, knownJobIds, input)) ?? spared(decision, refusal);
  } catch (error) {
    // A bug must not take the results of the other instances with it.
    return { decision, outcome: 'unknown', attempts: 1, failure: bugFailure(error, input.log) };
  }
}

function leftAlone(decision: Decision, failure: Failure, { log }: ActInput): InstanceResult {
  const outcome = outcomeOfFailure(failure, 'none');
  const { instance } = decision;
  log.warn('migrate_result', `${idWithName(instance)}: ${outcome}: ${failure.message}`, {
    instanceId: instance.id,
    outcome,
    attempts: 0,
    error: failure.code,
  });
  return { decision, outcome, attempts: 0, failure };
}

function spared(decision: Decision, refusal: Failure): InstanceResult {
  return { decision, outcome: 'no_capacity', attempts: 0, failure: refusal };
}

function notStarted(decision: Decision): InstanceResult {
  return { decision, outcome: 'not_started', attempts: 0, failure: null };
}
