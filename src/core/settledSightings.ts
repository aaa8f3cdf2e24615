import { failureOf } from './failure.js';
import type { SettledMigration } from './settled.js';
import { nameOf, type Sighting } from './sightings.js';
import type { InstanceResult } from './summary.js';

export type EndedMigration = Pick<SettledMigration, 'instanceId' | 'jobId' | 'state' | 'error'>;

/**
 * Earlier migrations that have failed since. Those that succeeded are told as recoveries once their instances run: that
 * is what their owners wait for.
 *
 * @param nowSeconds - unix seconds
 */
export function sightingsOfSettled(
  settled: readonly EndedMigration[],
  results: readonly InstanceResult[],
  nowSeconds: number,
): readonly Sighting[] {
  const resultById = new Map(results.map((result) => [result.decision.instance.id, result]));
  return settled
    .filter(({ state }) => state === 'failed')
    .map(({ instanceId, jobId, error }) => {
      const result = resultById.get(instanceId);
      const failure = failureOf('migration_failed', { detail: error ?? '' });
      const name = result === undefined ? instanceId : nameOf(result);
      return {
        notice: {
          type: 'failed',
          key: `failed:${instanceId}:${jobId ?? ''}:migration_failed`,
          instance: result?.decision.instance ?? null,
          reclaimAt: null,
          secondsLeft: null,
          outcome: null,
          failure,
          text: `An earlier migration of ${name} has failed: ${failure.message}`,
        },
        isNew: true,
        since: nowSeconds,
        repeatAfter: Infinity,
      };
    });
}
