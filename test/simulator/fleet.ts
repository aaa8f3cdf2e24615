import { addJobs } from './fleetJobs.js';
import { type Kind, kinds } from './kinds.js';
import type { InstanceRecord, InstanceState } from './records.js';
import { providerSeconds, type World } from './world.js';

const minute = 60;
const hour = 60 * minute;

/** Fills the account. */
export function populate(world: World, size: number): void {
  for (let number = 1; number <= size; number += 1) {
    addInstance(world, `i-${number}`, world.random.weighted(kinds));
  }
}

export function addInstance(world: World, id: string, kind: Kind): InstanceRecord {
  const { random, clock } = world;
  const instance: InstanceRecord = {
    id,
    name: `${kind === 'excluded' ? 'keep' : kind}-${id}`,
    productId: random.pick(['p-1', 'p-1', 'p-2']),
    clusterId: random.pick(['c-1', 'c-1', 'c-2']),
    hasLocalVolume: kind === 'local',
    past: [{ atMs: clock.now(), value: stateOf(world, kind) }],
  };
  world.instances.push(instance);
  addJobs(world, instance, kind);
  world.note(`provider: ${id} is ${kind}`);
  return instance;
}

function stateOf(world: World, kind: Kind): InstanceState {
  const { random, clock, traits } = world;
  const now = providerSeconds(world, clock.now());
  const reclaimedAt = now - random.integer(5 * minute, 3 * hour);
  const reclaimed: InstanceState = {
    status: 'exited',
    spotStatus: random.pick(['terminated', 'terminated', 'reclaiming', '']),
    spotReclaimTime: String(reclaimedAt),
    lastStartedAt: reclaimedAt - 4 * hour,
    exists: true,
  };
  const running = { ...reclaimed, status: 'running', spotStatus: 'running', spotReclaimTime: '0' };
  switch (kind) {
    case 'stopped':
      return { ...reclaimed, spotStatus: '', spotReclaimTime: random.pick(['0', '']) };
    case 'running':
      return running;
    case 'notified':
      return { ...running, spotStatus: 'notified', spotReclaimTime: String(now + 50 * minute) };
    case 'pending':
      return { ...reclaimed, spotStatus: 'notified', spotReclaimTime: String(now + 24 * hour) };
    case 'stale':
      // Without the time of its last start nobody can tell it from a reclaimed one.
      return traits.tellsLastStart
        ? { ...reclaimed, lastStartedAt: reclaimedAt + 2 * minute }
        : { ...reclaimed, spotReclaimTime: '0' };
    case 'invalid':
      return { ...reclaimed, spotReclaimTime: random.pick(['soon', '-5', `${reclaimedAt}000`, '12']) };
    case 'migrating':
      return { ...reclaimed, status: 'migrating' };
    case 'odd':
      return { ...reclaimed, status: random.pick(['toStart', 'freezing', 'stopping', 'thawing']) };
    case 'reclaimed_again':
      return { ...reclaimed, spotReclaimTime: String(now - 2 * minute), lastStartedAt: now - 3 * hour };
    default:
      return reclaimed;
  }
}
