import { hasReclaimNotice } from '../core/outages.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import { relativeTime } from './relativeTime.js';

export interface ListFooterInput {
  /** Those that the list shows. */
  readonly instances: readonly ReportedInstance[];
  /** How many the account has. */
  readonly total: number;
  /** Unix ms. */
  readonly nowMs: number;
}

/** Sums a list up in one sentence: what calls for action first, then how many there are of each status. */
export function listFooter({ instances, total, nowMs }: ListFooterInput): string {
  const eligible = instances.filter(({ verdict }) => verdict === 'eligible').length;
  const parts = [
    ...(eligible > 0 ? [`${eligible} reclaimed and eligible`] : []),
    ...noticesOf(instances, nowMs),
    ...countsOfStatuses(instances),
  ];
  const shown = instances.length === total ? countOf(total) : `${instances.length} of ${countOf(total)}`;
  return `${shown}: ${parts.join(', ')}.`;
}

/** How many instances, in words: "1 instance", "12 instances". */
export function countOf(count: number): string {
  return `${count} ${count === 1 ? 'instance' : 'instances'}`;
}

/** How many instances there are of each status, the most frequent first. */
export function countsOfStatuses(instances: readonly ReportedInstance[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { status } of instances) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .sort(([one, oneCount], [other, otherCount]) => otherCount - oneCount || (one < other ? -1 : 1))
    .map(([status, count]) => `${count} ${status === '' ? 'without a status' : status}`);
}

function noticesOf(instances: readonly ReportedInstance[], nowMs: number): readonly string[] {
  const notices = instances.filter((instance) => hasReclaimNotice({ instance }));
  if (notices.length === 0) return [];
  const times = notices.flatMap(({ reclaimAt }) => (reclaimAt === null ? [] : [Date.parse(reclaimAt)]));
  const soonest = times.reduce((one, other) => Math.min(one, other), Infinity);
  const count = `${notices.length} reclaim ${notices.length === 1 ? 'notice' : 'notices'}`;
  if (soonest === Infinity) return [`${count} for an unknown time`];
  const distance = relativeTime(soonest, nowMs);
  if (notices.length > 1) return [`${count} (the first ${distance})`];
  return [soonest > nowMs && distance !== 'now' ? `${count} ${distance}` : `${count} (${distance})`];
}
