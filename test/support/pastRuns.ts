import type { JournalEntry } from '../../src/core/journalEntry.js';
import { emptySummary } from '../../src/core/summary.js';

/** A run to write into a journal: when it began and how it ended; null for one that never did. */
export interface PastRun {
  readonly id: string;
  /** Unix ms. */
  readonly startedAtMs: number;
  readonly exitCode: number | null;
  readonly exitReason?: string;
  readonly durationMs?: number;
  readonly pid?: number;
  readonly host?: string;
  /** Not in the journals of earlier versions. */
  readonly wholeAccount?: boolean;
}

/** The journal lines of a run that took ten seconds. */
export function linesOf(run: PastRun): readonly JournalEntry[] {
  const { id, startedAtMs, exitCode, exitReason, durationMs = 10_000, pid = 4711, host = 'here' } = run;
  const scope = run.wholeAccount === undefined ? {} : { wholeAccount: run.wholeAccount };
  const time = (ms: number): string => new Date(ms).toISOString();
  const start: JournalEntry = {
    type: 'run_start',
    time: time(startedAtMs),
    runId: id,
    pid,
    host,
    version: '1.2.3',
    ...scope,
  };
  if (exitCode === null) return [start];
  const end: JournalEntry = {
    type: 'run_end',
    time: time(startedAtMs + durationMs),
    runId: id,
    exitCode,
    exitReason: exitReason ?? (exitCode === 0 ? 'ok' : 'partial'),
    durationMs,
    summary: {
      ...emptySummary,
      total: 9,
      exited: 4,
      eligible: 3,
      migrated: 2,
      errors: exitCode === 0 ? 0 : 1,
    },
  };
  return [start, end];
}

/** The text of a journal. */
export function journalText(runs: readonly PastRun[]): string {
  return runs
    .flatMap(linesOf)
    .map((entry) => `${JSON.stringify(entry)}\n`)
    .join('');
}
