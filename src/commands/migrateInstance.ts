import { nowSeconds } from '../core/clock.js';
import type { Decision } from '../core/eligibility.js';
import { findEffect } from '../core/evidence.js';
import type { Failure } from '../core/failure.js';
import { type FallbackMode, startFollows } from '../core/fallback.js';
import { idWithName } from '../core/instance.js';
import type { Before } from '../core/migrationJob.js';
import { outcomeOfFailure } from '../core/outcome.js';
import { afterRefusal, describeDataKept, type SaveDataMode, withDataNotKept } from '../core/saveData.js';
import type { InstanceResult } from '../core/summary.js';
import type { Provider } from './provider.js';
import {
  type ActingRequest,
  nothingSentBefore,
  type RequestEnd,
  type SentBefore,
  sendUntilClear,
  type SendUntilClearInput,
} from './sendUntilClear.js';
import { startInstead } from './startInstead.js';

export interface MigrateInstanceInput extends SendUntilClearInput {
  readonly provider: Pick<
    Provider,
    'migrateInstance' | 'migrateKeepingData' | 'startInstance' | 'getInstance' | 'listJobs'
  >;
  readonly saveData: SaveDataMode;
  readonly fallback: FallbackMode;
}

/**
 * Migrates one instance: with its data where that is wanted, and without where that was refused and is allowed.
 * Where no node has room, it may be started on its own. Another request is sent only when the one before certainly
 * had no effect.
 *
 * @param knownJobIds - the jobs that were listed before
 */
export async function migrateInstance(
  decision: Decision,
  knownJobIds: ReadonlySet<string>,
  input: MigrateInstanceInput,
): Promise<InstanceResult> {
  const before = beforeRequests(decision, knownJobIds, input);
  const { result, end } = await bringBack(decision, before, input);
  const isRefused = end.kind === 'without_effect' && result.outcome === 'no_capacity';
  if (!isRefused || !mayStart(end.failure, end, input)) return finish(result, input);
  const started = await startInstead(decision, end.failure, before, end, input);
  return finish({ ...started, repeats: (result.repeats ?? 0) + (started.repeats ?? 0) }, input);
}

/**
 * Starts an instance whose migration was spared because its pool has refused others.
 *
 * @returns null when it is not to be started
 */
export async function startSpared(
  decision: Decision,
  refusal: Failure,
  knownJobIds: ReadonlySet<string>,
  input: MigrateInstanceInput,
): Promise<InstanceResult | null> {
  if (!mayStart(refusal, nothingSentBefore, input)) return null;
  const before = beforeRequests(decision, knownJobIds, input);
  return finish(await startInstead(decision, refusal, before, nothingSentBefore, input), input);
}

function mayStart(
  refusal: Failure,
  { mayHaveActed }: SentBefore,
  { fallback, control }: MigrateInstanceInput,
): boolean {
  return startFollows(fallback, refusal, mayHaveActed) && !control.stopping.aborted;
}

function beforeRequests(
  { instance }: Decision,
  knownJobIds: ReadonlySet<string>,
  { clock }: MigrateInstanceInput,
): Before {
  return { instanceId: instance.id, knownJobIds, requestedAt: nowSeconds(clock) };
}

interface Ending {
  readonly result: InstanceResult;
  /** Of the last request. */
  readonly end: RequestEnd;
}

async function bringBack(decision: Decision, before: Before, input: MigrateInstanceInput): Promise<Ending> {
  const { provider, saveData, control, log } = input;
  const { instance } = decision;
  const plain: ActingRequest = {
    name: 'migrate',
    instance,
    send: (id) => provider.migrateInstance(id),
    findEffect,
  };
  if (saveData === 'off') {
    const end = await sendUntilClear(plain, before, nothingSentBefore, input);
    return { result: { ...endingOf(decision, end, false), repeats: end.attempts - 1 }, end };
  }
  const keeping: ActingRequest = {
    name: 'migrate_keeping_data',
    instance,
    send: (id) => provider.migrateKeepingData(id),
    findEffect,
  };
  const first = await sendUntilClear(keeping, before, nothingSentBefore, input);
  // A migration that was only seen may be somebody else's, who did not ask for the data.
  const result = { ...endingOf(decision, first, null), repeats: first.attempts - 1 };
  if (first.kind !== 'without_effect') return { result, end: first };
  const { failure } = first;
  const next = afterRefusal(saveData, failure);
  if (next === 'leave_alone')
    return { result: { ...result, decision: withDataNotKept(decision, failure), outcome: null }, end: first };
  if (next === 'end') return { result, end: first };
  if (control.stopping.aborted)
    return { result: { ...result, outcome: 'not_started', failure: null }, end: first };

  log.warn('data_not_kept', `${idWithName(instance)}: ${failure.message}; going on without`, {
    instanceId: instance.id,
    error: failure.code,
  });
  const second = await sendUntilClear(plain, before, first, input);
  const ending = endingOf(decision, second, first.mayHaveActed ? null : false);
  return { result: { ...ending, repeats: second.attempts - 2 }, end: second };
}

/** @param keptWhenSeen - whether data is kept in a migration that no answer told of */
function endingOf(decision: Decision, end: RequestEnd, keptWhenSeen: boolean | null): InstanceResult {
  const { attempts } = end;
  switch (end.kind) {
    case 'accepted':
    case 'seen': {
      const kept = end.kind === 'seen' ? keptWhenSeen : end.dataKept;
      return {
        decision,
        outcome: 'migrated',
        attempts,
        failure: null,
        dataKept: kept,
        accepted: end.accepted,
      };
    }
    case 'job_failed':
      return { decision, outcome: 'failed', attempts, failure: end.failure };
    case 'unclear':
      return { decision, outcome: 'unknown', attempts, failure: end.failure };
    case 'without_effect':
      return { decision, outcome: outcomeOfFailure(end.failure, 'none'), attempts, failure: end.failure };
  }
}

function finish(ending: InstanceResult, { journal, log, saveData }: MigrateInstanceInput): InstanceResult {
  const { decision, outcome, attempts, failure, dataKept, startedInsteadOf } = ending;
  const { id } = decision.instance;
  const result = outcome ?? decision.verdict;
  journal.result(id, outcome ?? 'skipped', failure, ending.accepted?.jobId ?? null);
  // By default it is the same for all, and no news.
  const isStart = startedInsteadOf !== undefined;
  const tellsData = dataKept !== undefined && (saveData !== 'off' || isStart);
  const data = tellsData ? describeDataKept(dataKept, isStart) : '';
  const text = `${idWithName(decision.instance)}: ${result}${reasonOf(failure)}${data}`;
  log[failure === null ? 'info' : 'warn']('migrate_result', text, {
    instanceId: id,
    outcome: result,
    attempts,
    error: failure?.code ?? null,
    ...(dataKept === undefined ? {} : { dataKept }),
  });
  return ending;
}

function reasonOf(failure: Failure | null): string {
  return failure === null ? '' : `: ${failure.message}`;
}
