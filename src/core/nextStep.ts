import { nothingToDo } from './errorCatalogue.js';
import type { Failure } from './failure.js';
import type { Outcome } from './outcome.js';

export interface Ended {
  /** Null for an instance that is not eligible, and for commands that do not migrate. */
  readonly outcome: Outcome | null;
  readonly failure: Failure | null;
}

/** What stands for an outcome without an error of its own; null where nothing is left to do. */
const stepOfOutcome: Readonly<Record<Outcome, string | null>> = {
  migrated: null,
  recovered: null,
  started: null,
  would_migrate: null,
  no_capacity: 'Nothing to do: a later run tries again when capacity returns.',
  rejected: 'Look at the instance in the Novita console.',
  gone: 'Nothing to do if it was removed on purpose.',
  failed: nothingToDo,
  unknown: null,
  deferred: 'Nothing to do: the next run takes it. More at once with --max-per-run (MIGRATION_MAX_PER_RUN).',
  not_started: 'Not reached in this run: the next one takes it.',
};

/**
 * Says what the operator can do about an instance that was not migrated, in one sentence.
 *
 * The error of an `unknown` outcome speaks of a request without an effect, so it does not count: the migration may be
 * under way, and another one started on a guess would lose its data.
 *
 * @returns null when nothing is left to do
 */
export function nextStepOf({ outcome, failure }: Ended, instanceId: string): string | null {
  // The provider's answer may be a reason to leave an instance alone.
  if (outcome === null) return failure?.nextStep ?? null;
  if (outcome === 'unknown') {
    // An id that a shell would take for something else is not to be pasted into one.
    const check = /^[\w.-]+$/.test(instanceId) ? `novita-spot check ${instanceId}` : 'novita-spot check';
    return `Look with "${check}" before you do anything: it may be coming back already.`;
  }
  return stepOfOutcome[outcome] === null ? null : (failure?.nextStep ?? stepOfOutcome[outcome]);
}
