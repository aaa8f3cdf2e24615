import type { Failure } from './failure.js';
import type { Notice, NoticeType } from './notice.js';
import { emptyMemory, forgetOld, type NoticeMemory } from './noticeMemory.js';
import { recoverySightings } from './recoverySightings.js';
import { type Sighting, sightingOfRun, sightingOfStuck, sightingsOf } from './sightings.js';
import type { StuckMigration } from './stuckMigration.js';
import type { SettledMigration } from './settled.js';
import { sightingsOfSettled } from './settledSightings.js';
import type { InstanceResult } from './summary.js';

export interface NoticeInput {
  readonly results: readonly InstanceResult[];
  /** Migrations that have been under way for too long. */
  readonly stuck?: readonly StuckMigration[];
  /** Earlier migrations of which this run tells how they ended. */
  readonly settled?: readonly SettledMigration[];
  /** What ended the run before its time. */
  readonly failure: Failure | null;
  /** What earlier runs left; null when there is nothing. */
  readonly memory: NoticeMemory | null;
  readonly wanted: ReadonlySet<NoticeType>;
  /** Unix seconds. */
  readonly nowSeconds: number;
  /**
   * When the run began, in unix seconds. An instance may run again before the end of the run that migrated it, and
   * runs begin at even intervals but do not end at such.
   */
  readonly startedSeconds: number;
  /** How often runs come, in seconds. */
  readonly intervalSeconds: number;
}

export interface NoticePlan {
  readonly notices: readonly Notice[];
  /** What to remember once they have been delivered. */
  readonly memory: NoticeMemory;
  /** What to remember when they could not be, so that the next run tells them. */
  readonly memoryIfUndelivered: NoticeMemory;
}

/**
 * Decides what is told after a run. Each thing is told once. Where nothing remembers what earlier runs told, the
 * provider's own times decide: what began since the last run is new, and what goes on is told again at the
 * same distance from its beginning, once a day or once an hour.
 */
export function planNotices(input: NoticeInput): NoticePlan {
  const { results, settled = [], failure, memory, wanted, nowSeconds, startedSeconds } = input;
  const ofRun = sightingOfRun(failure);
  const sightings = [
    ...results.flatMap((result) => sightingsOf(result, nowSeconds)),
    ...results.flatMap((result) => recoverySightings(result, memory, nowSeconds)),
    ...(input.stuck ?? []).map(sightingOfStuck),
    ...sightingsOfSettled(settled, results),
    ...(ofRun === null ? [] : [ofRun]),
  ].filter(({ notice }) => wanted.has(notice.type));

  const news = sightings.filter((sighting) => isNews(sighting, input));
  const before = memory ?? emptyMemory;
  // Only what was really told: what was but taken for told, for want of a memory, is told by the next run that has one.
  const known = sightings.filter(({ notice }) => Object.hasOwn(before.announced, notice.key));
  const awaited = awaitedAfter(results, before, startedSeconds);
  const remember = (seen: readonly Sighting[], waiting: NoticeMemory['awaited']): NoticeMemory => {
    const announced = Object.fromEntries(seen.map(({ notice }) => [notice.key, nowSeconds]));
    return forgetOld({ announced: { ...before.announced, ...announced }, awaited: waiting }, nowSeconds);
  };
  return {
    notices: news.map(({ notice }) => notice),
    memory: remember([...known, ...news], awaited),
    memoryIfUndelivered: remember(known, { ...before.awaited, ...awaited }),
  };
}

function isNews(
  { notice, isNew, since, repeatAfter }: Sighting,
  { memory, startedSeconds, intervalSeconds }: NoticeInput,
): boolean {
  if (isNew) return true;
  if (memory !== null) return !Object.hasOwn(memory.announced, notice.key);
  // What began while this run went on counts as well: the next one finds it older than an interval or not at all new.
  const elapsed = startedSeconds - since;
  return elapsed >= 0 && elapsed % repeatAfter < intervalSeconds;
}

/** Instances that were migrated, with a time from which on a start is due to that, until they run. */
function awaitedAfter(
  results: readonly InstanceResult[],
  before: NoticeMemory,
  startedSeconds: number,
): Readonly<Record<string, number>> {
  const awaited = new Map(Object.entries(before.awaited));
  for (const { decision, outcome } of results) {
    const { id, status } = decision.instance;
    if (outcome === 'migrated' || outcome === 'started' || outcome === 'unknown')
      awaited.set(id, startedSeconds);
    else if (status === 'running' || outcome === 'recovered') awaited.delete(id);
  }
  return Object.fromEntries(awaited);
}
