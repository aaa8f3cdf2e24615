import type { Decision } from '../core/eligibility.js';
import { dataAtRisk } from '../core/instance.js';
import type { Plan } from '../core/plan.js';
import { renderColumns } from './columns.js';
import { relativeTime } from './relativeTime.js';
import type { TableOptions } from './columnsOfInstances.js';

/** What a run is about to do, for the person who is asked to agree to it. */
export function renderPlan({ migrate, deferred }: Plan, { paint, nowMs }: TableOptions): string {
  const headings = ['ID', 'NAME', 'RECLAIMED', 'NOT KEPT'].map((heading) => paint('bold', heading));
  const rows = migrate.map(({ instance }: Decision) => [
    instance.id,
    instance.name,
    relativeTime(Number(instance.spotReclaimTime) * 1000, nowMs),
    dataAtRisk(instance).join(', ').replaceAll('_', ' '),
  ]);
  const later = deferred.length > 0 ? `${deferred.length} more are left to the next run.\n` : '';
  return `${renderColumns(headings, rows)}${later}`;
}
