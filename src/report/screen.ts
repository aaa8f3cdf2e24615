import type { Report } from '../core/report.js';
import { dataSentence } from './dataAtRiskText.js';
import { footer } from './footer.js';

/** What an account shows that has nothing to migrate. */
export const nothingExited = 'No exited instances: nothing to migrate.';

/**
 * Puts a screen together: the instances, the counts, and what a migration does not keep.
 *
 * @param empty - what stands in place of the instances when there are none
 */
export function screen(report: Report, body: string, empty: string): string {
  const { instances, error, listComplete, notFound, warnings } = report;
  if (instances.length > 0) return `${body}\n${footer(report)}\n${dataSentence(report)}`;
  if (error !== null) return '';
  // A run that looked at nothing, because migrating is disabled, has said why.
  return listComplete || notFound.length > 0
    ? `${empty}\n\n${footer(report)}\n`
    : `${warnings.join('\n')}\n\n${footer(report)}\n`;
}
