import { expect } from 'chai';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { explain } from '../../src/core/explain.js';
import { failureOf } from '../../src/core/failure.js';
import { type Outcome, outcomes } from '../../src/core/outcome.js';
import {
  type AfterRefusal,
  afterRefusal,
  dataKept,
  promisesLess,
  type SaveDataMode,
  saveDataModes,
  withDataNotKept,
} from '../../src/core/saveData.js';
import { summarize } from '../../src/core/summary.js';
import { aDecision, aResult } from '../support/builders.js';

describe('afterRefusal', () => {
  const table: readonly (readonly [SaveDataMode, ErrorCode, AfterRefusal])[] = [
    ['try', 'data_not_kept', 'migrate_without_data'],
    ['try', 'save_data_unavailable', 'migrate_without_data'],
    ['require', 'data_not_kept', 'leave_alone'],
    ['require', 'save_data_unavailable', 'end'],
  ];
  for (const [mode, code, expected] of table) {
    it(`is ${expected} with ${mode} after ${code}`, () =>
      expect(afterRefusal(mode, failureOf(code))).to.equal(expected));
  }

  it('ends with every other failure: it would meet the next request as well', () => {
    const others = (Object.keys(errorCatalogue) as ErrorCode[]).filter(
      (code) => code !== 'data_not_kept' && code !== 'save_data_unavailable',
    );
    for (const mode of saveDataModes) {
      for (const code of others) expect(afterRefusal(mode, failureOf(code)), code).to.equal('end');
    }
  });
});

describe('promisesLess', () => {
  it('holds of a weaker mode and of no other', () => {
    const weaker = saveDataModes.flatMap((mode) =>
      saveDataModes.filter((than) => promisesLess(mode, than)).map((than) => `${mode} < ${than}`),
    );
    expect(weaker).to.deep.equal(['off < try', 'off < require', 'try < require']);
  });
});

describe('dataKept', () => {
  const eligible = aDecision();
  const table: readonly (readonly [Outcome | null, boolean | null | undefined, ...(boolean | null)[]])[] = [
    ['migrated', true, true, true, true],
    ['migrated', false, false, false, false],
    ['migrated', null, null, null, null],
    ['migrated', undefined, null, null, null],
    ['recovered', true, true, true, true],
    ['started', null, null, null, null],
    [null, undefined, false, null, true],
    ['would_migrate', undefined, false, null, true],
    ['deferred', undefined, false, null, true],
  ];
  for (const [outcome, learnt, ...expected] of table) {
    it(`is ${expected.join(', ')} by mode, of ${String(outcome)} with ${String(learnt)}`, () => {
      const question = { decision: eligible, outcome, ...(learnt === undefined ? {} : { dataKept: learnt }) };
      expect(saveDataModes.map((mode) => dataKept(question, mode, 'suggest'))).to.deep.equal(expected);
    });
  }

  it('is not promised where an instance may be started instead, and known of one that was migrated', () => {
    for (const mode of saveDataModes) {
      for (const outcome of [null, 'would_migrate', 'deferred'] as const)
        expect(dataKept({ decision: eligible, outcome }, mode, 'start')).to.equal(null);
      for (const learnt of [true, false])
        expect(
          dataKept({ decision: eligible, outcome: 'migrated', dataKept: learnt }, mode, 'start'),
        ).to.equal(learnt);
    }
  });

  it('is about nothing when an instance stays as it is', () => {
    const left = outcomes.filter(
      (outcome) => !['migrated', 'recovered', 'started', 'would_migrate', 'deferred'].includes(outcome),
    );
    for (const mode of saveDataModes) {
      for (const outcome of left)
        expect(dataKept({ decision: eligible, outcome }, mode, 'none')).to.equal(null);
      const skipped = aDecision({ status: 'running' });
      expect(dataKept({ decision: skipped, outcome: null }, mode, 'none')).to.equal(null);
    }
  });
});

describe('an instance whose data is not kept although that is required', () => {
  const failure = failureOf('data_not_kept', { detail: 'HTTP 400' });
  const decision = withDataNotKept(aDecision(), failure);

  it('is skipped, with the answer as evidence', () => {
    expect(decision).to.include({ verdict: 'skipped', reason: 'data_not_kept', rule: 11 });
    expect(decision.evidence).to.deep.equal({ saveData: 'require', answer: failure.message });
    expect(explain(decision)).to.match(/left alone.*MIGRATION_SAVE_DATA/);
  });

  it('counts as skipped and not as eligible', () => {
    const summary = summarize([aResult({ decision, outcome: null, failure }), aResult()]);
    expect(summary).to.include({ exited: 2, eligible: 1, skipped: 1, migrated: 1, errors: 0 });
  });
});
