import type { Outcome } from './outcome.js';
import type { Summary } from './summary.js';

interface EntryOfRun {
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly runId: string;
}

/** One line of the journal. */
export type JournalEntry =
  | (EntryOfRun & {
      readonly type: 'run_start';
      readonly pid: number;
      readonly host: string;
      readonly version: string;
      /** False when it was for instances that were named, or for those of a plan; absent in lines of earlier versions. */
      readonly wholeAccount?: boolean;
    })
  | (EntryOfRun & { readonly type: 'intent'; readonly instanceId: string; readonly attempt: number })
  | (EntryOfRun & {
      readonly type: 'result';
      readonly instanceId: string;
      /** `skipped` of an instance that the provider's answer told to leave alone. */
      readonly outcome: Outcome | 'skipped';
      readonly error: string | null;
      /** Of a migration that was accepted, where it is known. */
      readonly jobId?: string | null;
    })
  | (EntryOfRun & {
      /** That a run has told how an earlier migration ended. */
      readonly type: 'settled';
      readonly instanceId: string;
      readonly jobId: string | null;
      readonly state: 'succeeded' | 'failed';
      /** Unix seconds. */
      readonly requestedAt: number;
    })
  | (EntryOfRun & {
      readonly type: 'run_end';
      readonly exitCode: number;
      readonly exitReason: string;
      readonly durationMs: number;
      readonly summary: Summary;
      /** The ids of the instances in quarantine; absent in lines of earlier versions. */
      readonly quarantined?: readonly string[];
    });

/** A migrate request that was about to be sent, and of which no result was written down. */
export interface OpenIntent {
  readonly runId: string;
  readonly instanceId: string;
  readonly time: string;
}

export interface JournalReading {
  readonly entries: readonly JournalEntry[];
  /** Lines that are no entries: torn by a crash, or written by something else. */
  readonly unreadableLines: number;
}

const types: ReadonlySet<unknown> = new Set(['run_start', 'intent', 'result', 'settled', 'run_end']);

/** Reads journal lines. Whatever is no entry is counted and left out; nothing in a journal stops a run. */
export function readJournal(text: string): JournalReading {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.map(readEntry).filter((entry) => entry !== null);
  return { entries, unreadableLines: lines.length - entries.length };
}

function readEntry(line: string): JournalEntry | null {
  try {
    const value = JSON.parse(line) as Partial<Record<string, unknown>> | null;
    if (typeof value !== 'object' || value === null) return null;
    const { type, time, runId, instanceId } = value;
    if (!types.has(type) || typeof time !== 'string' || typeof runId !== 'string') return null;
    const needsInstance = type === 'intent' || type === 'result' || type === 'settled';
    return needsInstance && typeof instanceId !== 'string' ? null : (value as unknown as JournalEntry);
  } catch {
    return null;
  }
}

/** When the last run for the whole account that exited with 0 ended, in unix ms; null when there is none. */
export function lastSuccessOf(entries: readonly JournalEntry[]): number | null {
  const forSome = new Set(entries.filter(isForSome).map(({ runId }) => runId));
  const last = entries.findLast(
    (entry) => entry.type === 'run_end' && entry.exitCode === 0 && !forSome.has(entry.runId),
  );
  const time = last === undefined ? NaN : Date.parse(last.time);
  return Number.isNaN(time) ? null : time;
}

/** True for the start of a run that was for instances that were named, or for those of a plan. */
export function isForSome(entry: JournalEntry): boolean {
  return entry.type === 'run_start' && entry.wholeAccount === false;
}

/** The intents without a result, oldest first. */
export function openIntents(entries: readonly JournalEntry[]): readonly OpenIntent[] {
  const open = new Map<string, OpenIntent>();
  for (const entry of entries) {
    if (entry.type !== 'intent' && entry.type !== 'result') continue;
    const { runId, instanceId, time } = entry;
    const key = `${runId} ${instanceId}`;
    if (entry.type === 'intent') open.set(key, { runId, instanceId, time });
    else open.delete(key);
  }
  return [...open.values()];
}
