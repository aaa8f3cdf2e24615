import type { ReportedInstance } from '../core/reportedInstance.js';

/** Why an instance was started and not migrated; null for any other. */
export function startedText({
  outcome,
  startedInsteadOf,
}: Pick<ReportedInstance, 'outcome' | 'startedInsteadOf'>): string | null {
  return outcome === 'started' && startedInsteadOf !== null
    ? `started on its own node instead: ${startedInsteadOf.message}`
    : null;
}
