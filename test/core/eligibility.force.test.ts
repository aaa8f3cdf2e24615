import { expect } from 'chai';
import { decide, type Reason, type SkipReason } from '../../src/core/eligibility.js';
import { anInstance, aPolicy, now } from '../support/builders.js';
import { both, type Case, decideCase, failures, hold, localVolumes, openJob, rows } from './decisionRows.js';

const overridable: readonly Reason[] = [
  'reclaim_pending',
  'stale_reclaim',
  'cooldown',
  'quarantined',
  'local_data',
];
const force: Case = { policy: { force: true } };
const skipping = rows.filter(([, reason]) => reason !== 'reclaimed');
const passable = skipping.filter(([, reason]) => overridable.includes(reason));
const firm = skipping.filter(([, reason]) => !overridable.includes(reason));

describe('decide, with force', () => {
  for (const [, reason, input] of passable) {
    it(`passes over ${reason}`, () => {
      expect(decideCase(both(force, input))).to.deep.include({
        verdict: 'eligible',
        reason: 'reclaimed',
        rule: 11,
        forcedPast: [reason],
      });
    });
  }

  for (const [rule, reason, input] of firm) {
    it(`does not pass over ${reason} (row ${rule})`, () => {
      expect(decideCase(both(force, input))).to.deep.include({
        verdict: 'skipped',
        reason,
        rule,
        forcedPast: [],
      });
    });

    it(`is stopped by ${reason} (row ${rule}), whatever it passes over`, () => {
      for (const [, passed, other] of passable) {
        const decision = decideCase(both(force, both(input, other)));
        expect(decision, passed).to.include({ verdict: 'skipped', reason, rule });
      }
    });
  }

  it('does not pass over a migration under way', () => {
    expect(decideCase(both(force, { instance: { status: 'migrating' } }))).to.deep.include({
      reason: 'migration_in_progress',
      rule: 2,
      forcedPast: [],
    });
  });

  const several: readonly (readonly [string, Case, readonly SkipReason[]])[] = [
    ['nothing, when nothing is in the way', {}, []],
    [
      'everything at once',
      {
        instance: { spotReclaimTime: String(now + 90), lastStartedAt: now + 91, localVolumes },
        history: { lastSuccessAt: now, recentFailures: failures(5) },
        policy: hold,
      },
      ['reclaim_pending', 'stale_reclaim', 'cooldown', 'quarantined', 'local_data'],
    ],
  ];
  for (const [title, input, forcedPast] of several) {
    it(`names what it passes over: ${title}`, () => {
      expect(decideCase(both(force, input))).to.deep.include({ verdict: 'eligible', forcedPast });
    });
  }

  it('names what it passed over before a row that it may not pass over', () => {
    const input: Case = { instance: { lastStartedAt: now }, history: { openJob, lastSuccessAt: now } };
    expect(decideCase(both(force, input))).to.deep.include({
      reason: 'migration_in_progress',
      rule: 7,
      forcedPast: ['stale_reclaim'],
    });
  });

  it('needs no job list', () => {
    const instance = anInstance({ lastStartedAt: now });
    expect(decide(instance, null, aPolicy({ force: true }), now)).to.deep.include({
      verdict: 'eligible',
      forcedPast: ['stale_reclaim'],
    });
  });
});
