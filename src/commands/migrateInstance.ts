import { nowSeconds } from '../core/clock.js';
import type { Decision } from '../core/eligibility.js';
import type { Failure } from '../core/failure.js';
import type { Before } from '../core/migrationJob.js';
import { outcomeOfFailure } from '../core/outcome.js';
import { afterRefusal, type SaveDataMode, withDataNotKept } from '../core/saveData.js';
import type { InstanceResult } from '../core/summary.js';
import type { Provider } from './provider.js';
import {
  type ActingRequest,
  nothingSentBefore,
  type RequestEnd,
  sendUntilClear,
  type SendUntilClearInput,
} from './sendUntilClear.js';

export interface MigrateInstanceInput extends SendUntilClearInput {
  readonly provider: Pick<Provider, 'migrateInstance' | 'migrateKeepingData' | 'getInstance' | 'listJobs'>;
  readonly saveData: SaveDataMode;
}

/**
 * Migrates one instance: with its data where that is wanted, and without where that was refused and is allowed.
 * The second request is sent only when the first one certainly had no effect.
 *
 * @param knownJobIds - the jobs that were listed before
 */
export async function migrateInstance(
  decision: Decision,
  knownJobIds: ReadonlySet<string>,
  input: MigrateInstanceInput,
): Promise<InstanceResult> {
  const { instance } = decision;
  const before = { instanceId: instance.id, knownJobIds, requestedAt: nowSeconds(input.clock) };
  return finish(await bringBack(decision, before, input), input);
}

async function bringBack(
  decision: Decision,
  before: Before,
  input: MigrateInstanceInput,
): Promise<InstanceResult> {
  const { provider, saveData, control, log } = input;
  const { instance } = decision;
  const plain: ActingRequest = {
    name: 'migrate',
    instance,
    send: (id) => provider.migrateInstance(id),
  };
  if (saveData === 'off') {
    const end = await sendUntilClear(plain, before, nothingSentBefore, input);
    return { ...endingOf(decision, end, false), repeats: end.attempts - 1 };
  }
  const keeping: ActingRequest = {
    name: 'migrate_keeping_data',
    instance,
    send: (id) => provider.migrateKeepingData(id),
  };
  const first = await sendUntilClear(keeping, before, nothingSentBefore, input);
  // A migration that was only seen may be somebody else's, who did not ask for the data.
  const ending = { ...endingOf(decision, first, null), repeats: first.attempts - 1 };
  if (first.kind !== 'without_effect') return ending;
  const { failure } = first;
  const next = afterRefusal(saveData, failure);
  if (next === 'leave_alone')
    return { ...ending, decision: withDataNotKept(decision, failure), outcome: null };
  if (next === 'end') return ending;
  if (control.stopping.aborted) return { ...ending, outcome: 'not_started', failure: null };

  const { instanceId } = before;
  const error = failure.code;
  log.warn('data_not_kept', `${instanceId}: ${failure.message}; going on without`, { instanceId, error });
  const second = await sendUntilClear(plain, before, first, input);
  return {
    ...endingOf(decision, second, first.mayHaveActed ? null : false),
    repeats: second.attempts - 2,
  };
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

function finish(ending: InstanceResult, { journal, log }: MigrateInstanceInput): InstanceResult {
  const { decision, outcome, attempts, failure, dataKept } = ending;
  const { id, name } = decision.instance;
  const result = outcome ?? decision.verdict;
  journal.result(id, outcome ?? 'skipped', failure, ending.accepted?.jobId ?? null);
  const text = `${id} (${name}): ${result}${reasonOf(failure)}${dataKept === true ? ', with its data' : ''}`;
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
