import type { Random } from '../random.js';
import { type Cluster, reclaimed, type SandboxInstance, sandboxInstance } from '../sandboxInstance.js';

const minute = 60;

/**
 * One reclaimed instance for each name, which is its id as well: the first one an hour ago, each further one a minute later.
 *
 * @param changesByName - what is special about each
 * @param changesAt - what an instance has by its place, unless it has something else
 */
export function reclaimedEach(
  random: Random,
  now: number,
  changesByName: Readonly<Record<string, Partial<SandboxInstance>>>,
  changesAt: (index: number) => Partial<SandboxInstance> = () => ({}),
): readonly SandboxInstance[] {
  return Object.entries(changesByName).map(([name, changes], index) =>
    sandboxInstance(random, now, {
      ...reclaimed(now, (60 - index) * minute),
      id: name,
      name,
      ...changesAt(index),
      ...changes,
    }),
  );
}

/** A cluster for each place, so that a refusal for capacity says nothing about the others. */
export function ownCluster(index: number): Cluster {
  return { id: `cluster-${index}`, name: `TEST-${String(index + 1).padStart(2, '0')}` };
}
