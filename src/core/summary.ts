import type { Alternative } from './alternatives.js';
import type { Decision } from './eligibility.js';
import type { Failure } from './failure.js';
import type { LostAgain } from './follow.js';
import type { AcceptedMigration } from './migrationJob.js';
import type { Outcome } from './outcome.js';

/** What a run found and did for one instance. */
export interface InstanceResult {
  readonly decision: Decision;
  /** Null for an instance that is not eligible, and for commands that do not migrate. */
  readonly outcome: Outcome | null;
  /** How many requests to bring it back were sent. */
  readonly attempts: number;
  readonly failure: Failure | null;
  /** How many of them were the same request again; by default all but the first. */
  readonly repeats?: number;
  /** Of an instance that was brought back: whether the data on its disks was kept; null when that is not known. */
  readonly dataKept?: boolean | null;
  /** What is known of the migration, or of the start, that was accepted; absent when none was. */
  readonly accepted?: AcceptedMigration;
  /** Why its migration was refused; present when a start on its own node was asked for instead. */
  readonly startedInsteadOf?: Failure;
  /** What else has stock where no node has room for it; absent where nobody asked, or it could not be read. */
  readonly alternatives?: readonly Alternative[];
  /** What following it showed; absent when it was not followed. */
  readonly followed?: Followed;
}

/** How an accepted migration went on while the run waited. Times are whole seconds. */
export interface Followed {
  /** How long it was followed. */
  readonly seconds: number;
  /** From its request until it was seen running; null when it was not. */
  readonly recoveredAfterSeconds: number | null;
  /** From the reclaim until it was seen running; null when it was not. */
  readonly recoveredAfterReclaimSeconds: number | null;
  /** What became of it before it was seen running; null when it was seen running, or nothing of the kind was seen. */
  readonly lostAgain: LostAgain | null;
}

/**
 * The counts of a run. Of every run that migrates:
 * eligible = migrated + errors + unknown + deferred + notStarted + wouldMigrate.
 */
export interface Summary {
  /** Instances considered. */
  readonly total: number;
  readonly exited: number;
  readonly eligible: number;
  /** Includes recovered and started. */
  readonly migrated: number;
  /** Exited and not eligible. */
  readonly skipped: number;
  /** no_capacity, rejected, gone and failed. */
  readonly errors: number;
  readonly unknown: number;
  readonly deferred: number;
  readonly notStarted: number;
  readonly wouldMigrate: number;
  /** Ids and names that were asked for and are not in the list. */
  readonly notFound: number;
  /** Names that were asked for and that several instances carry. */
  readonly ambiguous: number;
}

/** How many of the ids and names asked for stand for no instance. */
export type UnresolvedCounts = Pick<Summary, 'notFound' | 'ambiguous'>;

const allResolved: UnresolvedCounts = { notFound: 0, ambiguous: 0 };

type OutcomeCount = 'migrated' | 'errors' | 'unknown' | 'deferred' | 'notStarted' | 'wouldMigrate';

const countOfOutcome: Readonly<Record<Outcome, OutcomeCount>> = {
  migrated: 'migrated',
  recovered: 'migrated',
  started: 'migrated',
  no_capacity: 'errors',
  rejected: 'errors',
  gone: 'errors',
  failed: 'errors',
  unknown: 'unknown',
  deferred: 'deferred',
  not_started: 'notStarted',
  would_migrate: 'wouldMigrate',
};

/** Counts the results of a run. */
export function summarize(
  results: readonly InstanceResult[],
  { notFound, ambiguous }: UnresolvedCounts = allResolved,
): Summary {
  const exited = results.filter(({ decision }) => decision.instance.status === 'exited');
  const eligible = results.filter(({ decision }) => decision.verdict === 'eligible');
  const counts = { migrated: 0, errors: 0, unknown: 0, deferred: 0, notStarted: 0, wouldMigrate: 0 };
  for (const { outcome } of eligible) {
    if (outcome !== null) counts[countOfOutcome[outcome]] += 1;
  }
  return {
    total: results.length,
    exited: exited.length,
    eligible: eligible.length,
    skipped: exited.length - eligible.length,
    ...counts,
    notFound,
    ambiguous,
  };
}

export const emptySummary: Summary = summarize([]);
