import type { Report } from '../core/report.js';
import { untouchedBy } from '../core/untouched.js';

/** The numbers of the run in one sentence. */
export function footer(report: Report): string {
  const { command, dryRun, declined, summary, error, exitCode, exitReason } = report;
  if (error !== null && untouchedBy(report) === 'not_looked')
    return `No instance was looked at: exit code ${exitCode} (${exitReason}).`;
  const counted: readonly (readonly [number, string])[] = [
    [summary.eligible, 'eligible'],
    [summary.wouldMigrate, 'would be migrated'],
    [summary.migrated, 'migrated'],
    [summary.errors, summary.errors === 1 ? 'error' : 'errors'],
    [summary.unknown, 'unknown'],
    [summary.deferred, 'deferred to the next run'],
    [summary.notStarted, 'not started'],
    [summary.notFound, 'not found'],
    [summary.ambiguous, summary.ambiguous === 1 ? 'ambiguous name' : 'ambiguous names'],
  ];
  const parts = counted
    .filter(([count, text]) => count > 0 || text === 'eligible')
    .map(([count, text]) => `${count} ${text}`);
  const kind = declined ? 'Declined' : 'Dry run';
  const mode = command === 'migrate' && dryRun ? `${kind}, nothing was changed. ` : '';
  const instances = `${summary.total} ${summary.total === 1 ? 'instance' : 'instances'}`;
  return `${mode}${instances}, ${summary.exited} exited: ${parts.join(', ')}.`;
}
