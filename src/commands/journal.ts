import type { Failure } from '../core/failure.js';
import type { Outcome } from '../core/outcome.js';
import type { SettledMigration } from '../core/settled.js';

/** Where a run writes down what it is about to do and what came of it. Nothing here ever throws. */
export interface Journal {
  /** Resolves when the intent would survive a crash; only then may the request be sent. */
  intent(instanceId: string, attempt: number): Promise<void>;
  result(
    instanceId: string,
    outcome: Outcome | 'skipped',
    failure: Failure | null,
    jobId?: string | null,
  ): void;
  /** That it is told how an earlier migration ended. */
  settled(migration: SettledMigration): void;
}

/** For runs that leave no trace. */
export const noJournal: Journal = {
  intent: () => Promise.resolve(),
  result: () => undefined,
  settled: () => undefined,
};
