import type { Report } from '../core/report.js';
import {
  type Column,
  idColumn,
  nameColumn,
  reclaimColumn,
  statusColumn,
  tableOf,
  type TableOptions,
  verdictColumn,
} from './columnsOfInstances.js';
import { screen } from './screen.js';

const listColumns: readonly Column[] = [
  idColumn,
  nameColumn,
  statusColumn,
  ['SPOT', ({ spotStatus }) => (spotStatus === null || spotStatus === '' ? '-' : spotStatus)],
  reclaimColumn,
  ['PRODUCT', ({ productName }) => productName ?? '-'],
  ['CLUSTER', ({ clusterName }) => clusterName ?? '-'],
  verdictColumn,
];

/** The screen of `list`: every instance, with what is decided about it. */
export function renderList(report: Report, options: TableOptions): string {
  return screen(report, tableOf(report, listColumns, options), 'No instance matches.');
}
