import { describeDuration } from '../core/duration.js';
import type { Report, ReportedInstance } from '../core/report.js';
import {
  type Column,
  idColumn,
  nameColumn,
  reclaimColumn,
  tableOf,
  type TableOptions,
} from './columnsOfInstances.js';
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
  ['WHY', (instance) => instance.error?.message ?? progress(instance) ?? instance.explanation],
];

/** What following it showed; null when it was not followed, or says more elsewhere. */
function progress({
  followedSeconds,
  recoveredAfterSeconds,
  recoveredAfterReclaimSeconds,
}: ReportedInstance): string | null {
  if (followedSeconds === null) return null;
  if (recoveredAfterSeconds === null)
    return `accepted; not seen running within ${describeDuration(followedSeconds)}`;
  const sinceReclaim =
    recoveredAfterReclaimSeconds === null
      ? ''
      : `, ${describeDuration(recoveredAfterReclaimSeconds)} after its reclaim`;
  return `runs again ${describeDuration(recoveredAfterSeconds)} after the request${sinceReclaim}`;
}

/** The screen of `migrate`: every exited instance, with what became of it. */
export function renderMigrate(report: Report, options: TableOptions): string {
  return screen(report, tableOf(report, migrateColumns, options), nothingExited);
}

function colourOfOutcome(outcome: string): Colour {
  if (outcome === 'migrated' || outcome === 'recovered') return 'green';
  return outcome === 'would_migrate' || outcome === 'deferred' ? 'cyan' : 'red';
}
