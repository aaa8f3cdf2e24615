import { expect } from 'chai';
import { type ErrorCode, errorCatalogue } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import {
  type FailureKind,
  kindOfFailure,
  kindOfJobError,
  restAfterFailures,
  stopsTheRun,
  strategies,
} from '../../src/core/strategies.js';

describe('the kind of a failure', () => {
  const kinds: readonly (readonly [ErrorCode, FailureKind])[] = [
    ['no_capacity', 'no_capacity'],
    ['state_conflict', 'state_conflict'],
    ['instance_changed', 'state_conflict'],
    ['instance_gone', 'gone'],
    ['incompatible', 'incompatible'],
    ['request_rejected', 'incompatible'],
    ['data_not_kept', 'data_not_kept'],
    ['save_data_unavailable', 'data_not_kept'],
    ['auth_refused', 'account'],
    ['account_blocked', 'account'],
    ['balance_too_low', 'account'],
    ['rate_limited', 'transient'],
    ['server_error', 'transient'],
    ['network_unreachable', 'transient'],
    ['request_timeout', 'transient'],
    ['unreadable_answer', 'transient'],
    ['proxy_in_the_way', 'blocked'],
    ['deadline_reached', 'run_ended'],
    ['terminated', 'run_ended'],
    ['internal_error', 'bug'],
  ];
  for (const [code, kind] of kinds) {
    it(`${code} is ${kind}`, () => expect(kindOfFailure(failureOf(code))).to.equal(kind));
  }

  it('is known for every error, and only one that concerns the whole account or is a bug stops the run', () => {
    for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
      const failure = failureOf(code);
      const kind = kindOfFailure(failure);
      expect(stopsTheRun(failure), code).to.equal(strategies[kind].thisRun === 'stop');
    }
  });

  const jobErrors: readonly (readonly [string | null, FailureKind])[] = [
    ['MIGRATE_INSUFFICIENT_RESOURCE', 'no_capacity'],
    ['reason: INSUFFICIENT_RESOURCE, try later', 'no_capacity'],
    ['Insufficient GPU resources', 'no_capacity'],
    ['no available node', 'no_capacity'],
    ['CUDA_VERSION_INCOMPATIBLE', 'incompatible'],
    ['the driver is incompatible, and capacity is short', 'incompatible'],
    ['image pull timed out', 'job_failed'],
    ['', 'job_failed'],
    [null, 'job_failed'],
  ];
  for (const [message, kind] of jobErrors) {
    it(`of a job that failed with ${JSON.stringify(message)} is ${kind}`, () =>
      expect(kindOfJobError(message)).to.equal(kind));
  }
});

describe('the strategies', () => {
  it('never give up what may still work, and rest only where the job list counts the attempts', () => {
    for (const [kind, { nextRuns, givenUp }] of Object.entries(strategies)) {
      expect(givenUp === 'at_once', kind).to.equal(nextRuns === 'leave');
      expect(givenUp === 'at_attempt_limit', kind).to.equal(nextRuns === 'rest');
    }
  });
});

describe('the rest after failed migrations', () => {
  const rests: readonly (readonly [number, number])[] = [
    [0, 0],
    [1, 600],
    [2, 1_200],
    [3, 2_400],
    [5, 9_600],
    [6, 14_400],
    [100, 14_400],
    [2_000, 14_400],
  ];
  for (const [failures, seconds] of rests) {
    it(`is ${seconds} s after ${failures}`, () => expect(restAfterFailures(failures)).to.equal(seconds));
  }
});
