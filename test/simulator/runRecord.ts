import type { SettledMigration } from '../../src/core/settled.js';
import type { HostName } from './schedule.js';

/** One migrate request as it left the program. */
export interface Post {
  readonly instanceId: string;
  readonly isStart: boolean;
  readonly atMs: number;
  /** True when the program cannot know from its answer, or from having none, whether it was applied. */
  isAmbiguous: boolean;
  /** True when no answer tells that it is no longer on its way. */
  mayStillArrive: boolean;
  /** True when it was refused for what the instance is. */
  isRefusedAsItIs: boolean;
}

export interface JournaledResult {
  readonly outcome: string;
  readonly error: string | null;
}

/** That a run told how an earlier migration had ended. */
export interface Told extends SettledMigration {
  readonly atMs: number;
}

/** What really happened between one run and the provider, written down on the way for the judge. */
export interface RunRecord {
  readonly number: number;
  readonly host: HostName;
  readonly startedAtMs: number;
  killedAtMs: number | null;
  /** When it was told to start nothing more: by a signal, its deadline, a refusal or the circuit. */
  stoppedAtMs: number | null;
  readonly posts: Post[];
  /** By instance, why each row of it that the run got ruled it out at that time; null for a row that did not. */
  readonly obstaclesOfRows: Map<string, Set<string | null>>;
  /** The same of the job list, as the run got it before its first migrate request. */
  readonly obstaclesOfJobs: Map<string, Set<string | null>>;
  /** By instance, when the run last got a row of it. */
  readonly listedAtMs: Map<string, number>;
  /** How many jobs there were on each of those occasions: when they change meanwhile, a page may miss one. */
  readonly jobCounts: Set<number>;
  /** Up to when every page of that list showed what had happened. */
  jobsShownUntilMs: number;
  jobListFailed: boolean;
  readonly poolsRefused: Set<string>;
  /** Instances whose data it was refused to keep. */
  readonly dataRefused: Set<string>;
  wasRefusedAccess: boolean;
  /** True when that happened to one of the lists, before anything was migrated. */
  wasRefusedLists: boolean;
  /** Instances that a read showed as migrating after they were requested. */
  readonly seenMigrating: Set<string>;
  /** By instance, how many intents the journal holds. */
  readonly intents: Map<string, number>;
  /** By instance, the result that the journal holds: a run that was killed has no other. */
  readonly journaled: Map<string, JournaledResult>;
  readonly told: Told[];
  /** Something that must never happen and was seen at once. */
  readonly violations: string[];
}

export function newRunRecord(number: number, host: HostName, startedAtMs: number): RunRecord {
  return {
    number,
    host,
    startedAtMs,
    killedAtMs: null,
    stoppedAtMs: null,
    posts: [],
    obstaclesOfRows: new Map(),
    obstaclesOfJobs: new Map(),
    listedAtMs: new Map(),
    jobCounts: new Set(),
    jobsShownUntilMs: Infinity,
    jobListFailed: false,
    poolsRefused: new Set(),
    dataRefused: new Set(),
    wasRefusedAccess: false,
    wasRefusedLists: false,
    seenMigrating: new Set(),
    intents: new Map(),
    journaled: new Map(),
    told: [],
    violations: [],
  };
}

export function addTo<Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}
