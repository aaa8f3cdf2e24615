import { errorCatalogue } from './errorCatalogue.js';
import { dominantReason, type ExitReason } from './exitCode.js';
import type { Failure } from './failure.js';
import type { Summary } from './summary.js';

/** Everything that bears on how a run ends. */
export interface RunEnd {
  readonly summary: Summary;
  /** True when nothing was meant to be migrated: check, list and dry runs. */
  readonly readOnly: boolean;
  /** Instances of a plan that were left alone because they have changed; none without a plan. */
  readonly outdated?: number;
  /** Eligible instances are worth an exit code of their own. */
  readonly detailedExitCode: boolean;
  /** What stopped the run before its time; null when it ran to its end. */
  readonly failure: Failure | null;
}

/** The exit reason of a run, by the precedence of the exit codes. */
export function exitReasonOf({
  summary,
  readOnly,
  outdated = 0,
  detailedExitCode,
  failure,
}: RunEnd): ExitReason {
  const reasons: ExitReason[] = [];
  const circuitOpenedLate = failure?.code === 'circuit_open' && summary.migrated > 0;
  if (failure && !circuitOpenedLate) reasons.push(errorCatalogue[failure.code].exitReason);
  if (summary.notFound + summary.ambiguous > 0) reasons.push(summary.total > 0 ? 'partial' : 'failed');
  if (readOnly) {
    if (detailedExitCode && summary.eligible > 0) reasons.push('changes');
  } else if (summary.eligible + outdated > summary.migrated) {
    reasons.push(summary.migrated === 0 ? 'failed' : 'partial');
  }
  return dominantReason(reasons);
}
