import { secondsOfTime } from './isoTime.js';
import { isForSome, type JournalEntry } from './journalEntry.js';

/** A migration that an earlier run of this host had accepted, or may have had. */
export interface EarlierMigration {
  readonly instanceId: string;
  /** Null when it is not known. */
  readonly jobId: string | null;
  /** Unix seconds. */
  readonly requestedAt: number;
  /** False when nobody knows whether it was accepted. */
  readonly isCertain: boolean;
  /** True when how it ended was told by a run already. */
  readonly isTold: boolean;
}

/** What the journal of this host says of earlier runs. Where there is none, it says nothing. */
export interface EarlierRuns {
  /** Oldest first. */
  readonly migrations: readonly EarlierMigration[];
  /** The jobs of which a run has told how they ended. */
  readonly toldJobIds: ReadonlySet<string>;
  /** When the last one for the whole account began, in unix seconds; null when there is none. The others tell of nothing. */
  readonly lastRunAt: number | null;
}

export const noEarlierRuns: EarlierRuns = { migrations: [], toldJobIds: new Set(), lastRunAt: null };

const uncertain = { jobId: null, isCertain: false, isTold: false } as const;

/** Reads what earlier runs did off the journal, of which any line may be missing or lack anything. */
export function earlierRuns(entries: readonly JournalEntry[]): EarlierRuns {
  const requests = new Map<string, { readonly instanceId: string; readonly at: number }>();
  const ended = new Set<string>();
  const migrations = new Map<string, EarlierMigration>();
  const toldJobIds = new Set<string>();
  let lastRunAt: number | null = null;
  for (const entry of entries) {
    const at = secondsOfTime(entry.time);
    if (at === null) continue;
    if (entry.type === 'run_start' && !isForSome(entry)) lastRunAt = at;
    if (entry.type === 'settled') {
      const { instanceId, requestedAt } = entry;
      const jobId = textOf(entry.jobId);
      if (jobId !== null) toldJobIds.add(jobId);
      for (const [key, each] of migrations) {
        if (each.instanceId === instanceId && each.requestedAt <= requestedAt)
          migrations.set(key, { ...each, isTold: true });
      }
    }
    if (entry.type !== 'intent' && entry.type !== 'result') continue;
    const key = `${entry.runId} ${entry.instanceId}`;
    if (entry.type === 'intent') {
      if (!requests.has(key)) requests.set(key, { instanceId: entry.instanceId, at });
      continue;
    }
    ended.add(key);
    const { outcome, error, instanceId } = entry;
    const isTold = outcome === 'recovered' || (outcome === 'failed' && error === 'migration_failed');
    if (!isTold && outcome !== 'migrated' && outcome !== 'unknown') continue;
    const jobId = textOf(entry.jobId) ?? migrations.get(key)?.jobId ?? null;
    const requestedAt = requests.get(key)?.at ?? at;
    if (isTold && jobId !== null) toldJobIds.add(jobId);
    migrations.set(key, { instanceId, jobId, requestedAt, isCertain: outcome !== 'unknown', isTold });
  }
  for (const [key, { instanceId, at }] of requests) {
    // A run that was killed does not know what became of it.
    if (!ended.has(key)) migrations.set(key, { ...uncertain, instanceId, requestedAt: at });
  }
  return { migrations: [...migrations.values()], toldJobIds, lastRunAt };
}

/** How long it is waited for the end of a migration, and of one that may never have begun, in seconds. */
const awaitedFor = { certain: 24 * 3_600, uncertain: 3_600 } as const;

/**
 * The migrations of earlier runs of which nobody has told yet how they ended.
 *
 * @param nowSeconds - unix seconds
 */
export function unsettledMigrations(
  { migrations }: EarlierRuns,
  nowSeconds: number,
): readonly EarlierMigration[] {
  return migrations.filter(({ isTold, isCertain, requestedAt }) => {
    const age = nowSeconds - requestedAt;
    return !isTold && age < (isCertain ? awaitedFor.certain : awaitedFor.uncertain);
  });
}

/** A line of the journal may have been written by anybody. */
function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
