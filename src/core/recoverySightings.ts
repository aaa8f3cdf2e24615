import { clockSlackSeconds } from './clock.js';
import type { NoticeMemory } from './noticeMemory.js';
import { reclaimSeconds } from './reclaimTime.js';
import { nameOf } from './instance.js';
import type { Sighting } from './sightings.js';
import type { InstanceResult } from './summary.js';

/**
 * That an instance runs which an earlier run migrated, or, without memory, one that was reclaimed before its start.
 *
 * @param memory - what earlier runs left; null when there is nothing
 * @param nowSeconds - unix seconds
 */
export function recoverySightings(
  { decision, outcome }: InstanceResult,
  memory: NoticeMemory | null,
  nowSeconds: number,
): readonly Sighting[] {
  const { instance, reason } = decision;
  const { id, status, lastStartedAt, spotReclaimTime } = instance;
  if (status !== 'running' || reason === 'excluded' || outcome === 'recovered') return [];
  const announcedFor = reclaimSeconds(spotReclaimTime);
  const reclaimAt = announcedFor !== null && announcedFor <= nowSeconds ? announcedFor : null;
  const migratedAt = memory?.awaited[id];
  const startedSince = (time: number): boolean =>
    lastStartedAt !== null && lastStartedAt >= time - clockSlackSeconds;
  const isRecovered =
    memory === null
      ? reclaimAt !== null && startedSince(reclaimAt)
      : migratedAt !== undefined && (lastStartedAt === null || startedSince(migratedAt));
  if (!isRecovered) return [];
  return [
    {
      notice: {
        type: 'recovered',
        key: `recovered:${id}:${migratedAt ?? reclaimAt ?? 0}`,
        instance,
        reclaimAt,
        secondsLeft: null,
        outcome: null,
        failure: null,
        text: `${nameOf(instance)} runs again`,
      },
      isNew: false,
      since: lastStartedAt ?? 0,
      repeatAfter: Infinity,
    },
  ];
}
