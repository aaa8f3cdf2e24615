import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import { type Outcome, outcomeOfFailure } from '../../src/core/outcome.js';
import { stopsTheRun } from '../../src/core/strategies.js';

/** The outcome after a request that certainly had no effect, and after one that may have had one. */
const outcomes: Readonly<Record<ErrorCode, readonly [certain: Outcome, possible: Outcome]>> = {
  usage_invalid: ['failed', 'unknown'],
  config_invalid: ['failed', 'unknown'],
  auth_refused: ['rejected', 'rejected'],
  account_blocked: ['rejected', 'rejected'],
  balance_too_low: ['rejected', 'rejected'],
  no_capacity: ['no_capacity', 'no_capacity'],
  state_conflict: ['rejected', 'rejected'],
  migration_failed: ['failed', 'unknown'],
  instance_gone: ['gone', 'gone'],
  not_found: ['rejected', 'rejected'],
  ambiguous_name: ['rejected', 'rejected'],
  incompatible: ['rejected', 'rejected'],
  request_rejected: ['rejected', 'rejected'],
  data_not_kept: ['rejected', 'rejected'],
  save_data_unavailable: ['rejected', 'rejected'],
  rate_limited: ['failed', 'unknown'],
  server_error: ['failed', 'unknown'],
  network_unreachable: ['failed', 'unknown'],
  connection_lost: ['failed', 'unknown'],
  tls_failed: ['failed', 'unknown'],
  request_timeout: ['failed', 'unknown'],
  unreadable_answer: ['failed', 'unknown'],
  answer_too_large: ['failed', 'unknown'],
  wrong_address: ['failed', 'unknown'],
  web_page_answer: ['failed', 'unknown'],
  proxy_in_the_way: ['failed', 'unknown'],
  redirect_refused: ['failed', 'unknown'],
  instance_changed: ['not_started', 'not_started'],
  circuit_open: ['failed', 'unknown'],
  state_unusable: ['failed', 'unknown'],
  lock_held: ['failed', 'unknown'],
  interrupted: ['not_started', 'unknown'],
  terminated: ['not_started', 'unknown'],
  hung_up: ['not_started', 'unknown'],
  deadline_reached: ['not_started', 'unknown'],
  output_unwritable: ['failed', 'unknown'],
  sandbox_unavailable: ['failed', 'unknown'],
  internal_error: ['failed', 'unknown'],
};

const stopping: readonly ErrorCode[] = [
  'auth_refused',
  'account_blocked',
  'balance_too_low',
  'proxy_in_the_way',
  'sandbox_unavailable',
  'internal_error',
];

for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
  describe(`a migrate request that ended with ${code}`, () => {
    it('has its outcome', () => {
      const failure = failureOf(code);
      expect([outcomeOfFailure(failure, 'none'), outcomeOfFailure(failure, 'possible')]).to.deep.equal(
        outcomes[code],
      );
    });

    it(stopping.includes(code) ? 'stops the run' : 'lets the others go on', () => {
      expect(stopsTheRun(failureOf(code))).to.equal(stopping.includes(code));
    });
  });
}
