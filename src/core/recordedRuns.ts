import type { JournalEntry } from './journalEntry.js';
import { safeText } from './safeText.js';
import type { Summary } from './summary.js';

/** What the journal says of one run. */
export interface RecordedRun {
  readonly runId: string;
  /** `killed`: it began and never ended. */
  readonly state: 'ended' | 'running' | 'killed';
  /** Unix ms; null when the journal does not say. */
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly durationMs: number | null;
  readonly exitCode: number | null;
  readonly exitReason: string | null;
  readonly summary: Summary | null;
  /** The ids of the instances that were in quarantine; null when the journal does not say. */
  readonly quarantined: readonly string[] | null;
  readonly pid: number | null;
  readonly host: string | null;
  /** False when it was for instances that were named, or for those of a plan. */
  readonly wholeAccount: boolean;
}

export interface RunningFacts {
  /** Unix ms. */
  readonly nowMs: number;
  /** How long a run may take, in ms. */
  readonly jobTimeoutMs: number;
  /** Whether the process of a run still lives; null when that cannot be seen from here. */
  readonly isAlive: (pid: number, host: string) => boolean | null;
}

/** How long a run may go on after its deadline, to drain its requests, to tell of itself and to end, in ms. */
const graceMs = 60_000;

/** The runs of a journal, newest first. Whatever a line does not say is null. */
export function recordedRuns(entries: readonly JournalEntry[], facts: RunningFacts): readonly RecordedRun[] {
  const linesByRun = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    if (entry.type !== 'run_start' && entry.type !== 'run_end') continue;
    const lines = linesByRun.get(entry.runId) ?? [];
    linesByRun.set(entry.runId, [...lines, entry]);
  }
  return [...linesByRun]
    .map(([runId, lines]) => recordOf(runId, lines))
    .reverse()
    .map((run, index) => (index === 0 && isGoingOn(run, facts) ? { ...run, state: 'running' } : run));
}

function recordOf(runId: string, lines: readonly JournalEntry[]): RecordedRun {
  const start = lines.find((line) => line.type === 'run_start');
  const end = lines.find((line) => line.type === 'run_end');
  return {
    runId,
    state: end === undefined ? 'killed' : 'ended',
    startedAtMs: timeOf(start),
    endedAtMs: timeOf(end),
    durationMs: numberOf(end?.durationMs),
    exitCode: numberOf(end?.exitCode),
    exitReason: textOf(end?.exitReason),
    summary: summaryOf(end?.summary),
    quarantined: idsOf(end?.quarantined),
    pid: numberOf(start?.pid),
    host: textOf(start?.host),
    wholeAccount: start?.wholeAccount !== false,
  };
}

/** Only the newest run can be: the next one begins when its lock is free. */
function isGoingOn({ state, startedAtMs, pid, host }: RecordedRun, facts: RunningFacts): boolean {
  if (state === 'ended' || startedAtMs === null || pid === null || host === null) return false;
  // By then the process of that number is another one.
  if (facts.nowMs - startedAtMs > facts.jobTimeoutMs + graceMs) return false;
  return facts.isAlive(pid, host) ?? true;
}

function timeOf(entry: JournalEntry | undefined): number | null {
  const ms = entry === undefined ? NaN : Date.parse(entry.time);
  return Number.isNaN(ms) ? null : ms;
}

/** A line of the journal may have been written by anybody. */
function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? safeText(value) : null;
}

function idsOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const ids = value.map(textOf);
  return ids.includes(null) ? null : ids.filter((id) => id !== null);
}

function summaryOf(value: unknown): Summary | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: Partial<Record<string, unknown>> = { ...laterCounts, ...value };
  const counts = Object.fromEntries(summaryNames.map((name) => [name, numberOf(found[name])]));
  return Object.values(counts).includes(null) ? null : (counts as unknown as Summary);
}

/** Counts that the lines of earlier versions do not have. */
const laterCounts: Partial<Summary> = { ambiguous: 0 };

const summaryNames = [
  'total',
  'exited',
  'eligible',
  'skipped',
  'migrated',
  'errors',
  'unknown',
  'deferred',
  'notStarted',
  'wouldMigrate',
  'notFound',
  'ambiguous',
] as const satisfies readonly (keyof Summary)[];
