import type { Provider } from '../../src/commands/provider.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import type { Effect } from '../../src/core/outcome.js';
import { ProviderError } from '../../src/core/providerError.js';

export type Answer = 'accepted' | Error;

export interface FakeAccount {
  readonly instances?: readonly Instance[] | Error;
  readonly jobs?: readonly Job[] | Error;
  readonly complete?: boolean;
  /** What each migrate request of an instance is answered, in turn; the last answer stands. */
  readonly answers?: Readonly<Record<string, readonly Answer[]>>;
  /** The same for requests that ask to keep the data. */
  readonly keepingAnswers?: Readonly<Record<string, readonly Answer[]>>;
  /** The same for requests to start. */
  readonly startAnswers?: Readonly<Record<string, readonly Answer[]>>;
  /** What each reading of a single instance shows, in turn; the last one stands. */
  readonly sightings?: readonly (Instance | Error)[];
  /** What each reading of the jobs after the first migrate request shows, in turn; the last one stands. */
  readonly laterJobs?: readonly (readonly Job[] | Error)[];
  /** Called while a migrate request is in flight. */
  readonly whileMigrating?: (id: string) => Promise<void> | void;
}

export interface FakeProvider extends Provider {
  /** What it was asked, in order; others may add their lines. */
  readonly requests: string[];
}

/** A provider that remembers what it was asked. Every migration is accepted unless the account says otherwise. */
export function fakeProvider(account: FakeAccount): FakeProvider {
  const {
    instances = [],
    jobs = [],
    complete = true,
    answers = {},
    keepingAnswers = {},
    startAnswers = {},
    whileMigrating,
  } = account;
  const requests: string[] = [];
  const sent = new Map<string, number>();
  const kept = new Map<string, number>();
  const starts = new Map<string, number>();
  const laterJobs = inTurn(account.laterJobs ?? [jobs]);
  const sightings = inTurn(account.sightings ?? []);
  return {
    requests,
    listInstances: (_, onRows) => {
      requests.push('instances');
      const warnings = complete ? [] : ['incomplete'];
      return answer(instances, (rows) => {
        onRows?.(rows);
        return { rows, complete, warnings };
      });
    },
    listJobs: () => {
      requests.push('jobs');
      return answer(
        sent.size + kept.size === 0 && account.jobs !== undefined ? jobs : laterJobs(),
        (rows) => ({
          rows,
          complete: true,
          warnings: [],
        }),
      );
    },
    getInstance: (id) => {
      requests.push(`instance ${id}`);
      return answer(sightings(), (instance) => instance);
    },
    migrateInstance: async (id) => {
      requests.push(`migrate ${id}`);
      const count = sent.get(id) ?? 0;
      sent.set(id, count + 1);
      await whileMigrating?.(id);
      const own = answers[id] ?? [];
      const next = own[count] ?? own.at(-1) ?? 'accepted';
      if (next !== 'accepted') throw next;
      return { jobId: `job-of-${id}`, dataKept: false };
    },
    migrateKeepingData: async (id) => {
      requests.push(`keep ${id}`);
      await whileMigrating?.(id);
      const count = kept.get(id) ?? 0;
      kept.set(id, count + 1);
      const own = keepingAnswers[id] ?? [];
      const next = own[count] ?? own.at(-1) ?? 'accepted';
      if (next !== 'accepted') throw next;
      return { jobId: `job-of-${id}`, dataKept: true };
    },
    startInstance: async (id) => {
      requests.push(`start ${id}`);
      await whileMigrating?.(id);
      const count = starts.get(id) ?? 0;
      starts.set(id, count + 1);
      const own = startAnswers[id] ?? [];
      const next = own[count] ?? own.at(-1) ?? 'accepted';
      if (next !== 'accepted') throw next;
    },
  };
}

function inTurn<Item>(items: readonly Item[]): () => Item {
  let next = 0;
  return () => {
    const item = items[Math.min(next, items.length - 1)];
    next += 1;
    if (item === undefined) throw new RangeError('The test did not say what this request shows');
    return item;
  };
}

function answer<Value, Result>(value: Value | Error, make: (value: Value) => Result): Promise<Result> {
  return value instanceof Error ? Promise.reject(value) : Promise.resolve(make(value));
}

/** The error that the API client throws. */
export function providerError(
  code: ErrorCode,
  effect: Effect,
  retryAfterMs: number | null = null,
): ProviderError {
  return new ProviderError(failureOf(code), effect, retryAfterMs);
}
