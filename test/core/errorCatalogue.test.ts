import { expect } from 'chai';
import { errorCatalogue, type ErrorCategory, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { exitCodes, type ExitReason } from '../../src/core/exitCode.js';

type Meaning = readonly [ErrorCategory, ExitReason, retryable: boolean];

/** What each code means for a program: the part of the catalogue that others build upon. */
const meanings: Readonly<Record<ErrorCode, Meaning>> = {
  usage_invalid: ['usage', 'usage', false],
  config_invalid: ['config', 'config', false],
  auth_refused: ['auth', 'auth', false],
  account_blocked: ['account', 'auth', false],
  balance_too_low: ['account', 'auth', false],
  no_capacity: ['capacity', 'protocol', false],
  state_conflict: ['conflict', 'protocol', false],
  migration_failed: ['migration', 'failed', false],
  instance_gone: ['permanent', 'protocol', false],
  not_found: ['permanent', 'partial', false],
  ambiguous_name: ['permanent', 'partial', false],
  incompatible: ['permanent', 'protocol', false],
  request_rejected: ['permanent', 'protocol', false],
  data_not_kept: ['permanent', 'protocol', false],
  save_data_unavailable: ['permanent', 'protocol', false],
  rate_limited: ['rate_limit', 'unavailable', true],
  server_error: ['server', 'unavailable', true],
  network_unreachable: ['network', 'unavailable', true],
  connection_lost: ['network', 'unavailable', true],
  tls_failed: ['network', 'unavailable', false],
  request_timeout: ['timeout', 'unavailable', true],
  unreadable_answer: ['protocol', 'protocol', false],
  answer_too_large: ['protocol', 'protocol', false],
  wrong_address: ['protocol', 'protocol', false],
  web_page_answer: ['protocol', 'protocol', false],
  proxy_in_the_way: ['network', 'unavailable', false],
  redirect_refused: ['protocol', 'protocol', false],
  instance_changed: ['conflict', 'protocol', false],
  circuit_open: ['server', 'unavailable', false],
  state_unusable: ['state', 'state', false],
  lock_held: ['state', 'locked', false],
  interrupted: ['aborted', 'interrupted', false],
  terminated: ['aborted', 'terminated', false],
  hung_up: ['aborted', 'hangup', false],
  deadline_reached: ['aborted', 'deadline', false],
  output_unwritable: ['output', 'output', false],
  sandbox_unavailable: ['internal', 'unavailable', false],
  internal_error: ['internal', 'internal', false],
};

describe('the error catalogue', () => {
  for (const [code, [category, exitReason, retryable]] of Object.entries(meanings)) {
    const entry = errorCatalogue[code as ErrorCode];

    it(`holds ${code}: ${category}, ${exitReason}${retryable ? ', may be tried again' : ''}`, () => {
      expect(entry).to.include({ category, exitReason, retryable });
    });

    it(`says of ${code} what it means, what to do and how it ends a run`, () => {
      expect(entry.message).to.match(/^[A-Z].*[^.]$/);
      expect(entry.nextStep).to.match(/^[A-Z].*\.$/s);
      expect(exitCodes[entry.exitReason]).to.be.greaterThan(0);
    });
  }

  it('holds nothing else, and nothing twice', () => {
    expect(Object.keys(errorCatalogue)).to.have.members(Object.keys(meanings));
    const messages = Object.values(errorCatalogue).map(({ message }) => message);
    expect(new Set(messages).size).to.equal(messages.length);
  });
});
