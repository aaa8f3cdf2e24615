import type { Decision } from '../core/eligibility.js';
import { findStart } from '../core/evidence.js';
import { failureAfterStart } from '../core/fallback.js';
import type { Failure } from '../core/failure.js';
import { idWithName } from '../core/instance.js';
import type { Before } from '../core/migrationJob.js';
import { outcomeOfFailure } from '../core/outcome.js';
import type { InstanceResult } from '../core/summary.js';
import type { Provider } from './provider.js';
import {
  type ActingRequest,
  type SentBefore,
  sendUntilClear,
  type SendUntilClearInput,
} from './sendUntilClear.js';

export interface StartInsteadInput extends SendUntilClearInput {
  readonly provider: Pick<Provider, 'startInstance' | 'getInstance' | 'listJobs'>;
}

/**
 * Starts an instance on its own node, as no other has room for it. A start leaves no job, so one that may have had an
 * effect is never sent again: nothing could show that it had none.
 *
 * @param refusal - why it was not migrated
 * @param earlier - the requests of this run that were refused; none of them may have had an effect
 */
export async function startInstead(
  decision: Decision,
  refusal: Failure,
  before: Before,
  earlier: SentBefore,
  input: StartInsteadInput,
): Promise<InstanceResult> {
  const { provider, log } = input;
  const { instance } = decision;
  const request: ActingRequest = {
    name: 'start',
    instance,
    send: async (id) => {
      await provider.startInstance(id);
      return { jobId: null, dataKept: false };
    },
    findEffect: findStart,
  };
  log.info('start_instead', `${idWithName(instance)}: ${refusal.message}; starting it on its own node`, {
    instanceId: instance.id,
    error: refusal.code,
  });
  const end = await sendUntilClear(request, before, earlier, input);
  const { attempts } = end;
  const sent = attempts - earlier.attempts;
  const common = { decision, attempts, startedInsteadOf: refusal, repeats: Math.max(0, sent - 1) };
  switch (end.kind) {
    case 'accepted':
    case 'seen':
      // Its disks stay where they are. Whether the provider still has what was on them is not documented.
      return { ...common, outcome: 'started', failure: null, dataKept: null, accepted: end.accepted };
    case 'without_effect': {
      const failure = failureAfterStart(refusal, end.failure);
      return { ...common, outcome: outcomeOfFailure(failure, 'none'), failure };
    }
    case 'unclear':
    case 'job_failed':
      return { ...common, outcome: 'unknown', failure: end.failure };
  }
}
