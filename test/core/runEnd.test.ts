import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { dominantReason, type ExitReason } from '../../src/core/exitCode.js';
import { failureOf } from '../../src/core/failure.js';
import { exitReasonOf, type RunEnd } from '../../src/core/runEnd.js';
import { emptySummary, type Summary } from '../../src/core/summary.js';

const end = (summary: Partial<Summary>, changes: Partial<RunEnd> = {}): RunEnd => ({
  summary: { ...emptySummary, ...summary },
  readOnly: false,
  detailedExitCode: false,
  failure: null,
  ...changes,
});
const stoppedBy = (code: ErrorCode): Partial<RunEnd> => ({ failure: failureOf(code) });
const looking: Partial<RunEnd> = { readOnly: true };
const detailed: Partial<RunEnd> = { readOnly: true, detailedExitCode: true };

function describeTable(title: string, table: readonly (readonly [string, RunEnd, ExitReason])[]): void {
  describe(title, () => {
    for (const [subject, input, expected] of table) {
      it(`is ${expected}: ${subject}`, () => expect(exitReasonOf(input)).to.equal(expected));
    }
  });
}

describeTable('the exit reason of a run that migrates', [
  ['no instance', end({}), 'ok'],
  ['nothing to do', end({ total: 3, exited: 2, skipped: 2 }), 'ok'],
  ['all migrated', end({ eligible: 2, migrated: 2 }), 'ok'],
  ['one error', end({ eligible: 2, migrated: 1, errors: 1 }), 'partial'],
  ['one unknown', end({ eligible: 2, migrated: 1, unknown: 1 }), 'partial'],
  ['one deferred', end({ eligible: 2, migrated: 1, deferred: 1 }), 'partial'],
  ['one not started', end({ eligible: 2, migrated: 1, notStarted: 1 }), 'partial'],
  ['none migrated', end({ eligible: 2, errors: 2 }), 'failed'],
  ['all unknown', end({ eligible: 1, unknown: 1 }), 'failed'],
  ['one error and one deferred', end({ eligible: 2, errors: 1, deferred: 1 }), 'failed'],
  ['all of a plan changed', end({ total: 2 }, { outdated: 2 }), 'failed'],
  ['one of a plan changed', end({ eligible: 1, migrated: 1 }, { outdated: 1 }), 'partial'],
  ['one of a plan changed, only looking', end({ eligible: 1 }, { ...looking, outdated: 1 }), 'ok'],
  ['in detail, all migrated', end({ eligible: 1, migrated: 1 }, { detailedExitCode: true }), 'ok'],
  ['in detail, none migrated', end({ eligible: 1, errors: 1 }, { detailedExitCode: true }), 'failed'],
]);

describeTable('the exit reason of a run that looks', [
  ['something eligible', end({ eligible: 2 }, looking), 'ok'],
  ['a dry run', end({ eligible: 2, wouldMigrate: 2 }, looking), 'ok'],
  ['in detail', end({ eligible: 2 }, detailed), 'changes'],
  ['in detail, a single one', end({ eligible: 1, wouldMigrate: 1 }, detailed), 'changes'],
  ['in detail, nothing eligible', end({ total: 2, exited: 2, skipped: 2 }, detailed), 'ok'],
  ['in detail, without the list', end({}, { ...detailed, ...stoppedBy('server_error') }), 'unavailable'],
  ['without the list', end({}, { ...looking, ...stoppedBy('network_unreachable') }), 'unavailable'],
]);

describeTable('the exit reason of a run with ids that are not in the list', [
  ['one of two', end({ total: 1, notFound: 1 }), 'partial'],
  ['most', end({ total: 1, notFound: 9 }), 'partial'],
  ['all', end({ notFound: 1 }), 'failed'],
  ['all, looking', end({ notFound: 2 }, looking), 'failed'],
  ['one, the other migrated', end({ total: 1, eligible: 1, migrated: 1, notFound: 1 }), 'partial'],
  ['one, the other not migrated', end({ total: 1, eligible: 1, errors: 1, notFound: 1 }), 'failed'],
  ['one, the other eligible, in detail', end({ total: 1, eligible: 1, notFound: 1 }, detailed), 'partial'],
  ['one ambiguous of two', end({ total: 1, ambiguous: 1 }), 'partial'],
  ['all ambiguous', end({ ambiguous: 1 }), 'failed'],
  ['one ambiguous, the other migrated', end({ total: 1, eligible: 1, migrated: 1, ambiguous: 1 }), 'partial'],
  ['one, before the deadline', end({ total: 1, notFound: 1 }, stoppedBy('deadline_reached')), 'deadline'],
]);

describeTable('the exit reason of a run whose circuit opened', [
  ['before anything', end({ eligible: 3, errors: 3 }, stoppedBy('circuit_open')), 'unavailable'],
  ['after some', end({ eligible: 4, migrated: 1, errors: 3 }, stoppedBy('circuit_open')), 'partial'],
  ['after none, unknown', end({ eligible: 3, unknown: 3 }, stoppedBy('circuit_open')), 'unavailable'],
]);

describeTable('the exit reason of a run that something stopped', [
  ['a bug after everything', end({ eligible: 1, migrated: 1 }, stoppedBy('internal_error')), 'internal'],
  ['a refused key after some', end({ eligible: 2, migrated: 1 }, stoppedBy('auth_refused')), 'auth'],
  ['a blocked account', end({}, stoppedBy('account_blocked')), 'auth'],
  ['a held lock', end({}, stoppedBy('lock_held')), 'locked'],
  ['SIGINT', end({ eligible: 2, notStarted: 2 }, stoppedBy('interrupted')), 'interrupted'],
  ['SIGTERM after everything', end({ eligible: 1, migrated: 1 }, stoppedBy('terminated')), 'terminated'],
  ['no readable list', end({}, stoppedBy('unreadable_answer')), 'protocol'],
]);

describe('the exit reason of a run that was stopped', () => {
  const codes = Object.keys(errorCatalogue) as ErrorCode[];
  const counts: readonly (readonly [string, ExitReason, Partial<Summary>])[] = [
    ['before anything', 'ok', {}],
    ['with everything done', 'ok', { total: 1, eligible: 1, migrated: 1 }],
    ['with a part done', 'partial', { total: 2, eligible: 2, migrated: 1, errors: 1 }],
    ['with nothing done', 'failed', { total: 2, eligible: 2, notStarted: 2 }],
  ];
  for (const code of codes.filter((each) => each !== 'circuit_open')) {
    const own = errorCatalogue[code].exitReason;
    it(`by ${code} is ${own}, unless the counts say worse`, () => {
      for (const [title, ofCounts, summary] of counts) {
        const expected = dominantReason([own, ofCounts]);
        expect(exitReasonOf(end(summary, stoppedBy(code))), title).to.equal(expected);
      }
    });
  }
});
