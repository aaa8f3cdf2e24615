import type { JournalReading } from '../core/journalEntry.js';
import { judgeRuns, type RunHealthInput } from '../core/runHealth.js';
import { type AccountStatus, accountStatus } from '../core/statusReport.js';

export interface StatusInput extends Omit<RunHealthInput, 'entries'> {
  readonly account: string | null;
  /** How many runs are shown at most. */
  readonly limit: number;
  /** Reads the journal; null when there is none, and a sentence when it cannot be read. */
  readonly readJournal: () => JournalReading | string | null;
}

const empty: JournalReading = { entries: [], unreadableLines: 0 };

/** Judges the past runs of one account by its journal. */
export function status({ account, limit, readJournal, ...judging }: StatusInput): AccountStatus {
  const reading = readJournal();
  const found = reading === null || typeof reading === 'string' ? empty : reading;
  const problem = reading === null ? 'there is no journal: no run has migrated here yet' : null;
  return accountStatus({
    account,
    health: judgeRuns({ ...judging, entries: found.entries }),
    problem: typeof reading === 'string' ? reading : problem,
    unreadableLines: found.unreadableLines,
    intervalMinutes: judging.intervalMinutes,
    jobTimeoutMs: judging.jobTimeoutMs,
    limit,
  });
}
