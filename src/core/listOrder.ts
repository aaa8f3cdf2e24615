import { hasReclaimNotice } from './outages.js';
import type { ReportedInstance } from './reportedInstance.js';

/** What a list can be sorted by. */
export const listOrders = ['name', 'status', 'reclaim', 'product', 'cluster', 'verdict'] as const;

export type ListOrder = (typeof listOrders)[number];

/** What decides first, what decides among equals, and so on. Absent texts come last. */
type SortKey = readonly (string | number | null)[];

const keyOf: Readonly<Record<ListOrder, (instance: ReportedInstance) => SortKey>> = {
  name: ({ name }) => [name],
  status: ({ status }) => [status],
  reclaim: reclaimKey,
  product: ({ productName }) => [productName],
  cluster: ({ clusterName }) => [clusterName],
  verdict: ({ verdict, reason }) => [verdict, reason],
};

/**
 * Sorts a list. Instances that are equal in what it is sorted by stay as they are.
 *
 * @param order - null leaves the order of the API. `reclaim` puts reclaim notices first, the soonest first, then what
 *   was reclaimed, longest ago first; `verdict` puts what is eligible first.
 */
export function sortInstances(
  instances: readonly ReportedInstance[],
  order: ListOrder | null,
): readonly ReportedInstance[] {
  if (order === null) return instances;
  // By language and not by code; numbers in names by their value. The same on every machine.
  const { compare } = new Intl.Collator('en', { numeric: true });
  const keyed = instances.map((instance) => ({ instance, key: keyOf[order](instance) }));
  return keyed.sort((one, other) => compareKeys(one.key, other.key, compare)).map(({ instance }) => instance);
}

function reclaimKey(instance: ReportedInstance): SortKey {
  const { reclaimAt } = instance;
  return [hasReclaimNotice({ instance }) ? 0 : 1, reclaimAt === null ? Infinity : Date.parse(reclaimAt)];
}

type CompareTexts = (one: string, other: string) => number;

function compareKeys(one: SortKey, other: SortKey, compareTexts: CompareTexts): number {
  for (const [at, part] of one.entries()) {
    const difference = compareParts(part, other[at] ?? null, compareTexts);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareParts(
  one: string | number | null,
  other: string | number | null,
  compareTexts: CompareTexts,
): number {
  if (one === other) return 0;
  if (typeof one === 'number' && typeof other === 'number') return one < other ? -1 : 1;
  const isAbsent = [one, other].map((part) => part === null || part === '');
  if (isAbsent.includes(true)) return Number(isAbsent[0]) - Number(isAbsent[1]);
  return compareTexts(String(one), String(other));
}
