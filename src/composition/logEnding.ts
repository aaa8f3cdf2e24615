import type { Log } from '../core/log.js';
import type { Report } from '../core/report.js';
import { untouchedBy, untouchedWords } from '../core/untouched.js';
import { footer } from '../report/footer.js';
import { logProblem } from './logProblem.js';

const namedProblems = 5;
const succeeded = new Set<string | null>([null, 'migrated', 'recovered', 'started', 'would_migrate']);

/**
 * Logs how a run ended: one line for each thing that keeps it from being a success, which is all that --quiet
 * shows, and the summary as the last line.
 *
 * @param width - columns of the terminal
 */
export function logEnding(report: Report, log: Log, width: number): void {
  const { error, instances, dryRun, summary, durationMs, exitCode, exitReason } = report;
  if (error) {
    const untouched = untouchedBy(report);
    logProblem(error, untouched === null ? null : untouchedWords[untouched], log, width);
  }
  const missing = dryRun ? [] : instances.filter(({ outcome }) => !succeeded.has(outcome));
  if (missing.length > 0) {
    const named = missing.slice(0, namedProblems).map(({ id, outcome }) => `${id} ${outcome ?? ''}`);
    const more = missing.length > namedProblems ? `, and ${missing.length - namedProblems} more` : '';
    const counts = `${missing.length} of ${summary.eligible} eligible instances were not migrated`;
    log.error('not_migrated', `${counts}: ${named.join(', ')}${more}`);
  }
  log.info('summary', footer(report), { ...summary, durationMs, exitCode, exitReason });
}
