import { failureOf } from './failure.js';
import type { SettledMigration } from './settled.js';
import { nameOf } from './instance.js';
import type { Sighting } from './sightings.js';
import type { InstanceResult } from './summary.js';

/**
 * Earlier migrations that have failed since. Those that succeeded are told as recoveries once their instances run: that
 * is what their owners wait for.
 * Like any failure, it is told once for each reclaim, by whichever run sees it first.
 */
export function sightingsOfSettled(
  settled: readonly SettledMigration[],
  results: readonly InstanceResult[],
): readonly Sighting[] {
  const resultById = new Map(results.map((result) => [result.decision.instance.id, result]));
  return settled
    .filter(({ state }) => state === 'failed')
    .map(({ instanceId, jobId, error, requestedAt }) => {
      const result = resultById.get(instanceId);
      const failure = failureOf('migration_failed', { detail: error ?? '' });
      const name = result === undefined ? instanceId : nameOf(result.decision.instance);
      const reclaim = result?.decision.instance.spotReclaimTime ?? jobId ?? '';
      return {
        notice: {
          type: 'failed',
          key: `failed:${instanceId}:${reclaim}:migration_failed`,
          instance: result?.decision.instance ?? null,
          reclaimAt: null,
          secondsLeft: null,
          outcome: null,
          failure,
          text: `An earlier migration of ${name} has failed: ${failure.message}`,
        },
        isNew: false,
        since: requestedAt,
        repeatAfter: Infinity,
      };
    });
}
