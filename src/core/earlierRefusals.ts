import { clockSlackSeconds } from './clock.js';
import type { Evidence } from './eligibility.js';
import type { ErrorCode } from './errorCatalogue.js';
import { secondsOfTime } from './isoTime.js';
import type { JournalEntry } from './journalEntry.js';
import { failureWindowSeconds } from './migrationHistory.js';

/** That the last request of this host for an instance was refused for what the instance is. */
export interface EarlierRefusal {
  /** Unix seconds. */
  readonly at: number;
  readonly error: ErrorCode;
}

/** The earlier refusals by the id of the instance. */
export type EarlierRefusals = ReadonlyMap<string, EarlierRefusal>;

/** The only one that says of the instance itself that it cannot be migrated. */
export const refusedForGood = 'incompatible' satisfies ErrorCode;

export const noEarlierRefusals: EarlierRefusals = new Map();

/**
 * Finds in the journal which instances the API has refused to migrate as they are. Such a request leaves no job, so the
 * provider does not remember it. Only what it says of the instance itself counts: what is rejected for a reason that is
 * not known here may be due to a change of the API, and is asked for again.
 *
 * @param entries - of which any line may be missing, or have been written by anybody
 */
export function earlierRefusals(entries: readonly JournalEntry[]): EarlierRefusals {
  const refusals = new Map<string, EarlierRefusal>();
  for (const entry of entries) {
    if (entry.type !== 'result') continue;
    const { instanceId, outcome, error, time } = entry;
    const at = secondsOfTime(time);
    if (outcome === 'rejected' && error === refusedForGood && at !== null)
      refusals.set(instanceId, { at, error });
    // Whatever came of a later request, the refusal is not the last that is known.
    else refusals.delete(instanceId);
  }
  return refusals;
}

export interface RefusalFacts {
  /** When the instance was reclaimed, in unix seconds. */
  readonly reclaimedAt: number;
  /** Of its newest migration that succeeded, in unix seconds; null when none is known. */
  readonly lastSuccessAt: number | null;
  readonly nowSeconds: number;
}

/**
 * What keeps an instance in quarantine that was refused: for a day, unless it was reclaimed anew or migrated by others
 * since. This only ever asks less: whoever deletes the journal has it asked for once more.
 *
 * @returns null when nothing does
 */
export function refusalInTheWay(
  refusal: EarlierRefusal | undefined,
  { reclaimedAt, lastSuccessAt, nowSeconds }: RefusalFacts,
): Evidence | null {
  if (refusal === undefined) return null;
  const { at, error } = refusal;
  const eligibleAgainAt = at + failureWindowSeconds;
  const isOver =
    nowSeconds >= eligibleAgainAt ||
    // The times of the provider are of its own clock. No instance is reclaimed again within so short a time.
    at < reclaimedAt - clockSlackSeconds ||
    at < (lastSuccessAt ?? -Infinity) ||
    // A clock that was put back, or a line that is made up, must not leave it alone for longer than a day.
    at > nowSeconds + clockSlackSeconds;
  return isOver ? null : { refusedAt: at, error, eligibleAgainAt };
}
