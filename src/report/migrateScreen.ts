import type { Report } from '../core/report.js';
import {
  type Column,
  idColumn,
  nameColumn,
  reclaimColumn,
  tableOf,
  type TableOptions,
} from './columnsOfInstances.js';
import { fateOfData } from './dataAtRiskText.js';
import { nothingExited, screen } from './screen.js';
import type { Colour } from './style.js';

const migrateColumns: readonly Column[] = [
  idColumn,
  nameColumn,
  reclaimColumn,
  [
    'RESULT',
    ({ outcome, reason }, { paint }) =>
      outcome === null ? `skipped: ${reason}` : paint(colourOfOutcome(outcome), outcome),
  ],
];
const dataColumn: Column = ['DATA', (instance) => fateOfData(instance) ?? '-'];
const whyColumn: Column = ['WHY', ({ error, explanation }) => error?.message ?? explanation];

/** The screen of `migrate`: every exited instance, with what became of it. */
export function renderMigrate(report: Report, options: TableOptions): string {
  // Where nobody asked to keep it, the sentence below the table says all.
  const ofData = report.saveData === 'try' || report.saveData === 'require' ? [dataColumn] : [];
  const columns = [...migrateColumns, ...ofData, whyColumn];
  return screen(report, tableOf(report, columns, options), nothingExited);
}

function colourOfOutcome(outcome: string): Colour {
  if (outcome === 'migrated' || outcome === 'recovered') return 'green';
  return outcome === 'would_migrate' || outcome === 'deferred' ? 'cyan' : 'red';
}
