import pLimit from 'p-limit';
import {
  afterInstance,
  afterJobs,
  awaitsInstance,
  type FollowedMigration,
  type FollowState,
} from '../core/follow.js';
import type { Instance } from '../core/instance.js';
import { ProviderError } from '../core/providerError.js';
import type { Provider } from './provider.js';

/** The size of a page of the instance list. */
const rowsOfPage = 100;

/** Instances that are read at once. */
const readsAtOnce = 8;

/** One migration and how far it was seen to have come. */
export interface Tracked {
  readonly migration: FollowedMigration;
  /** As it was seen last. */
  state: FollowState;
}

export interface LookInput {
  readonly provider: Pick<Provider, 'listJobs' | 'listInstances' | 'getInstance'>;
  /** How many instances the account has. */
  readonly accountSize: number;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Looks how migrations go on, by the fewest requests: one reading of the job list answers for all whose job has not
 * ended, and only those whose job has succeeded, or that were started, are read themselves, one by one or by the list,
 * whichever takes fewer.
 *
 * @param tracked - whose states are brought up to date
 * @param onSeen - told of each that was seen, with its state before
 * @throws ProviderError when something cannot be read; what was seen until then is kept and told
 */
export async function look<One extends Tracked>(
  tracked: readonly One[],
  { provider, accountSize, signal }: LookInput,
  onSeen: (one: One, before: FollowState) => void,
): Promise<void> {
  const keep = (one: One, state: FollowState): void => {
    const before = one.state;
    one.state = state;
    onSeen(one, before);
  };
  if (tracked.some(({ state }) => state.kind === 'open')) {
    const jobs = (await provider.listJobs(signal)).rows;
    for (const one of tracked) keep(one, afterJobs(one.state, one.migration, jobs));
  }
  const awaited = tracked.filter(({ state }) => awaitsInstance(state));
  if (awaited.length === 0) return;
  const readInstance =
    awaited.length < Math.ceil(accountSize / rowsOfPage)
      ? (id: string) => readSingle(id, provider, signal)
      : await readList(provider, signal);
  const limit = pLimit(readsAtOnce);
  const reads = await Promise.allSettled(
    awaited.map((one) =>
      limit(async () => {
        const { migration, state } = one;
        const instance = await readInstance(migration.listed.id);
        if (instance !== null) keep(one, afterInstance(state, migration, instance));
      }),
    ),
  );
  // One that cannot be read takes nothing from the others.
  for (const read of reads) if (read.status === 'rejected') throw read.reason;
}

type ReadInstance = (id: string) => Promise<Instance | 'gone' | null> | Instance | null;

async function readSingle(
  id: string,
  provider: LookInput['provider'],
  signal: AbortSignal,
): Promise<Instance | 'gone'> {
  try {
    return await provider.getInstance(id, signal);
  } catch (error) {
    if (error instanceof ProviderError && error.failure.code === 'instance_gone') return 'gone';
    throw error;
  }
}

/** A list may lack a row, so one that is missing says nothing. */
async function readList(provider: LookInput['provider'], signal: AbortSignal): Promise<ReadInstance> {
  const { rows } = await provider.listInstances(signal);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return (id) => byId.get(id) ?? null;
}
