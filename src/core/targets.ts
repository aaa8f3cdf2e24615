import type { Instance } from './instance.js';

/** A name that does not say which instance is meant, so that none of them is. */
export interface AmbiguousTarget {
  /** As it was given. */
  readonly target: string;
  /** The instances that carry the name, in the order of the list. */
  readonly candidates: readonly Instance[];
}

/** Which instances were meant by ids and names. */
export interface ResolvedTargets {
  /** In the order of the list, each once, however often it was named. */
  readonly instances: readonly Instance[];
  readonly notFound: readonly string[];
  readonly ambiguous: readonly AmbiguousTarget[];
}

const noTargets: ResolvedTargets = { instances: [], notFound: [], ambiguous: [] };

/**
 * Finds the instances that an operator named. An exact id wins over a name. A name has to be exact and the only one of
 * its kind: one that several instances carry stands for none of them, and so does one that only a part of the list is
 * known to carry once.
 *
 * @param targets - ids and names
 * @param listComplete - false when instances may be missing, so that no name is known to be the only one
 */
export function resolveTargets(
  targets: readonly string[],
  instances: readonly Instance[],
  listComplete: boolean,
): ResolvedTargets {
  if (targets.length === 0) return noTargets;
  const ids = new Set(instances.map(({ id }) => id));
  const instancesByName = groupByName(instances);
  const chosen = new Set<string>();
  const notFound: string[] = [];
  const ambiguous: AmbiguousTarget[] = [];
  for (const target of new Set(targets)) {
    const candidates = instancesByName.get(comparable(target)) ?? [];
    const [only] = candidates;
    if (ids.has(target)) chosen.add(target);
    else if (only === undefined) notFound.push(target);
    else if (candidates.length > 1 || !listComplete) ambiguous.push({ target, candidates });
    else chosen.add(only.id);
  }
  return { instances: instances.filter(({ id }) => chosen.has(id)), notFound, ambiguous };
}

const namedCandidates = 10;

/** Says in one sentence why a name stands for no instance, and which ones it may mean. */
export function describeAmbiguous({ target, candidates }: AmbiguousTarget): string {
  const why =
    candidates.length > 1
      ? `is the name of ${candidates.length} instances`
      : 'may be the name of others too, as the list is not complete';
  const named = candidates
    .slice(0, namedCandidates)
    .map(({ id, status, clusterName, clusterId }) => `${id} (${placeOf(status, clusterName ?? clusterId)})`);
  const left = candidates.length - named.length;
  return `${JSON.stringify(target)} ${why}; give an id: ${named.join(', ')}${left > 0 ? `, and ${left} more` : ''}`;
}

function placeOf(status: string, cluster: string | null): string {
  return [status, cluster ?? ''].filter((part) => part !== '').join(', ') || 'of unknown status';
}

function groupByName(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  const groups = new Map<string, Instance[]>();
  for (const instance of instances) {
    // An empty name names nothing: `check "$NAME"` must not take what has no name.
    if (instance.name === '') continue;
    const name = comparable(instance.name);
    const group = groups.get(name);
    if (group) group.push(instance);
    else groups.set(name, [instance]);
  }
  return groups;
}

/** The same characters may be written in two ways, and terminals and web consoles differ in that. */
function comparable(name: string): string {
  return name.normalize();
}
