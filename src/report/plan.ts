import type { Decision } from '../core/eligibility.js';
import { dataAtRisk } from '../core/instance.js';
import type { Plan } from '../core/plan.js';
import type { SaveDataMode } from '../core/saveData.js';
import { renderColumns } from './columns.js';
import { relativeTime } from './relativeTime.js';
import type { TableOptions } from './columnsOfInstances.js';

export interface PlanOptions extends TableOptions {
  readonly saveData: SaveDataMode;
}

const dataHeadings: Readonly<Record<SaveDataMode, string>> = {
  off: 'NOT KEPT',
  try: 'KEPT IF POSSIBLE',
  require: 'KEPT, OR LEFT ALONE',
};

/** What a run is about to do, for the person who is asked to agree to it. */
export function renderPlan({ migrate, deferred }: Plan, { paint, nowMs, saveData }: PlanOptions): string {
  const headings = ['ID', 'NAME', 'RECLAIMED', dataHeadings[saveData]].map((heading) =>
    paint('bold', heading),
  );
  const rows = migrate.map(({ instance }: Decision) => [
    instance.id,
    instance.name,
    relativeTime(Number(instance.spotReclaimTime) * 1000, nowMs),
    dataAtRisk(instance).join(', ').replaceAll('_', ' '),
  ]);
  const later = deferred.length > 0 ? `${deferred.length} more are left to the next run.\n` : '';
  return `${renderColumns(headings, rows)}${later}`;
}
