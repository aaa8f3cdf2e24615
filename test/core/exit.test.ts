import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { dominantReason, exitCodes, type ExitReason, exitReasonName } from '../../src/core/exitCode.js';
import { failureOf } from '../../src/core/failure.js';
import { exitReasonOf, type RunEnd } from '../../src/core/runEnd.js';
import { emptySummary, type Summary } from '../../src/core/summary.js';

describe('exit codes', () => {
  it('are those of the contract', () => {
    expect(exitCodes).to.deep.equal({
      ok: 0,
      internal: 1,
      changes: 2,
      partial: 20,
      failed: 21,
      usage: 64,
      unavailable: 69,
      state: 73,
      locked: 75,
      protocol: 76,
      auth: 77,
      config: 78,
      deadline: 124,
      interrupted: 130,
      terminated: 143,
    });
  });

  it('have one name for both signals', () => {
    expect(exitReasonName('terminated')).to.equal('interrupted');
    expect(exitReasonName('interrupted')).to.equal('interrupted');
    expect(exitReasonName('deadline')).to.equal('deadline');
  });
});

describe('dominantReason', () => {
  const order = [1, 78, 64, 75, 73, 77, 130, 143, 124, 76, 69, 21, 20, 2, 0];
  const reasons = (Object.keys(exitCodes) as ExitReason[]).sort(
    (one, other) => order.indexOf(exitCodes[one]) - order.indexOf(exitCodes[other]),
  );

  it('prefers each reason to all that come after it, in whatever order they are given', () => {
    for (const [index, winner] of reasons.entries()) {
      for (const loser of reasons.slice(index)) {
        expect(dominantReason([loser, winner]), `${winner} and ${loser}`).to.equal(winner);
        expect(dominantReason([winner, loser]), `${winner} and ${loser}`).to.equal(winner);
      }
    }
  });

  it('is ok without a reason', () => expect(dominantReason([])).to.equal('ok'));
});

describe('exitReasonOf', () => {
  const end = (summary: Partial<Summary>, changes: Partial<RunEnd> = {}): RunEnd => ({
    summary: { ...emptySummary, ...summary },
    readOnly: false,
    detailedExitCode: false,
    failure: null,
    ...changes,
  });
  const failure = (code: ErrorCode) => ({ failure: failureOf(code) });
  const looking = { readOnly: true };
  const detailed = { readOnly: true, detailedExitCode: true };

  const table: readonly (readonly [string, RunEnd, ExitReason])[] = [
    ['nothing to do', end({ total: 3 }), 'ok'],
    ['all migrated', end({ eligible: 2, migrated: 2 }), 'ok'],
    ['one error', end({ eligible: 2, migrated: 1, errors: 1 }), 'partial'],
    ['one unknown', end({ eligible: 2, migrated: 1, unknown: 1 }), 'partial'],
    ['one deferred', end({ eligible: 2, migrated: 1, deferred: 1 }), 'partial'],
    ['one not started', end({ eligible: 2, migrated: 1, notStarted: 1 }), 'partial'],
    ['none migrated', end({ eligible: 2, errors: 2 }), 'failed'],
    ['all unknown', end({ eligible: 1, unknown: 1 }), 'failed'],
    ['a dry run', end({ eligible: 2, wouldMigrate: 2 }, looking), 'ok'],
    ['a dry run in detail', end({ eligible: 2, wouldMigrate: 2 }, detailed), 'changes'],
    ['a dry run in detail with nothing to do', end({ total: 2 }, detailed), 'ok'],
    ['detail without a dry run', end({ eligible: 1, migrated: 1 }, { detailedExitCode: true }), 'ok'],
    ['an id that was not found', end({ total: 1, notFound: 1 }), 'partial'],
    ['no id that was found', end({ notFound: 1 }), 'failed'],
    ['no id that was found, looking', end({ notFound: 1 }, looking), 'failed'],
    [
      'a refused key after some',
      end({ eligible: 2, migrated: 1, errors: 1 }, failure('auth_refused')),
      'auth',
    ],
    ['a blocked account', end({}, failure('account_blocked')), 'auth'],
    [
      'the deadline',
      end({ eligible: 2, migrated: 1, notStarted: 1 }, failure('deadline_reached')),
      'deadline',
    ],
    ['SIGINT', end({}, failure('interrupted')), 'interrupted'],
    ['SIGTERM after everything', end({ eligible: 1, migrated: 1 }, failure('terminated')), 'terminated'],
    ['no list', end({}, failure('server_error')), 'unavailable'],
    ['no list for a dry run', end({}, { ...looking, ...failure('network_unreachable') }), 'unavailable'],
    ['no readable list', end({}, failure('unreadable_answer')), 'protocol'],
    [
      'an open circuit before anything',
      end({ eligible: 3, errors: 3 }, failure('circuit_open')),
      'unavailable',
    ],
    [
      'an open circuit after some',
      end({ eligible: 4, migrated: 1, errors: 3 }, failure('circuit_open')),
      'partial',
    ],
    ['a held lock', end({}, failure('lock_held')), 'locked'],
    ['an unusable folder', end({}, failure('state_unusable')), 'state'],
    ['a bug', end({ eligible: 1, migrated: 1 }, failure('internal_error')), 'internal'],
  ];
  for (const [title, input, expected] of table) {
    it(`is ${expected}: ${title}`, () => expect(exitReasonOf(input)).to.equal(expected));
  }
});

describe('the error catalogue', () => {
  for (const [code, entry] of Object.entries(errorCatalogue)) {
    it(`says of ${code} what it means, what to do and how it ends a run`, () => {
      expect(entry.message).to.match(/^[A-Z].*[^.]$/);
      expect(entry.nextStep).to.match(/^[A-Z].*\.$/s);
      expect(exitCodes).to.have.property(entry.exitReason);
    });
  }
});
