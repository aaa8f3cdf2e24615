import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome } from '../../src/core/outcome.js';
import { emptySummary, summarize, type Summary } from '../../src/core/summary.js';
import { aDecision, aResult } from '../support/builders.js';

const countOf: Readonly<Record<Outcome, keyof Summary>> = {
  migrated: 'migrated',
  recovered: 'migrated',
  started: 'migrated',
  no_capacity: 'errors',
  rejected: 'errors',
  gone: 'errors',
  failed: 'errors',
  unknown: 'unknown',
  deferred: 'deferred',
  not_started: 'notStarted',
  would_migrate: 'wouldMigrate',
};
const outcomes = Object.keys(countOf) as Outcome[];

describe('summarize', () => {
  for (const outcome of outcomes) {
    it(`counts ${outcome} as ${countOf[outcome]}`, () => {
      expect(summarize([aResult({ outcome })])).to.deep.equal({
        ...emptySummary,
        total: 1,
        exited: 1,
        eligible: 1,
        [countOf[outcome]]: 1,
      });
    });
  }

  it('counts nothing of nothing', () => {
    for (const count of Object.values(summarize([]))) expect(count).to.equal(0);
    expect(emptySummary).to.deep.equal(summarize([]));
  });

  it('adds one to each count for each instance', () => {
    const results = outcomes.map((outcome) => aResult({ outcome }));
    expect(summarize([...results, ...results], { notFound: 1, ambiguous: 2 })).to.deep.equal({
      total: 22,
      exited: 22,
      eligible: 22,
      migrated: 6,
      skipped: 0,
      errors: 8,
      unknown: 2,
      deferred: 2,
      notStarted: 2,
      wouldMigrate: 2,
      notFound: 1,
      ambiguous: 2,
    });
  });

  it('counts what a command that does not migrate found eligible', () => {
    expect(summarize([aResult({ outcome: null })])).to.deep.equal({
      ...emptySummary,
      total: 1,
      exited: 1,
      eligible: 1,
    });
  });

  it('counts what is left alone', () => {
    const stopped = aResult({ decision: aDecision({ spotReclaimTime: '0' }), outcome: null });
    const running = aResult({ decision: aDecision({ status: 'running' }), outcome: null });
    expect(summarize([stopped, running], { notFound: 3, ambiguous: 1 })).to.deep.equal({
      ...emptySummary,
      total: 2,
      exited: 1,
      skipped: 1,
      notFound: 3,
      ambiguous: 1,
    });
  });

  it('adds up', () => {
    const eligible = fc.constantFrom(...outcomes).map((outcome) => aResult({ outcome }));
    const other = fc
      .constantFrom('exited', 'running', 'migrating')
      .map((status) => aResult({ decision: aDecision({ status, spotReclaimTime: '' }), outcome: null }));
    fc.assert(
      fc.property(fc.array(fc.oneof(eligible, other)), (results) => {
        const summary = summarize(results);
        const { migrated, errors, unknown, deferred, notStarted, wouldMigrate } = summary;
        expect(summary.total).to.equal(results.length);
        expect(summary.exited).to.equal(summary.eligible + summary.skipped);
        expect(summary.eligible).to.equal(migrated + errors + unknown + deferred + notStarted + wouldMigrate);
      }),
    );
  });
});
