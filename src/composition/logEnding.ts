import type { Log } from '../core/log.js';
import { nameOf } from '../core/instance.js';
import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
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
    log.error('not_migrated', describeMissing(missing, summary.eligible));
  }
  log.info('summary', footer(report), { ...summary, durationMs, exitCode, exitReason });
}

/** What a mail of cron says of them, which is all that its reader sees. */
function describeMissing(missing: readonly ReportedInstance[], eligible: number): string {
  const verb = eligible === 1 ? 'instance was' : 'instances were';
  const named = missing.slice(0, namedProblems).map((instance) => {
    const { outcome, error } = instance;
    const code = error === null || error.code === outcome ? '' : ` [${error.code}]`;
    return `${nameOf(instance)} ${outcome ?? ''}${code}`;
  });
  const more = missing.length > namedProblems ? `, and ${missing.length - namedProblems} more` : '';
  const look = missing.some(({ outcome }) => outcome === 'unknown')
    ? '. Look with "novita-spot check" at what is unknown before you do anything'
    : '';
  return `${missing.length} of ${eligible} eligible ${verb} not migrated: ${named.join(', ')}${more}${look}`;
}
