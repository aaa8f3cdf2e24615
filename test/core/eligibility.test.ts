import { expect } from 'chai';
import { decide, type Reason } from '../../src/core/eligibility.js';
import { aJob, anInstance, aPolicy, now, anExclusion } from '../support/builders.js';
import {
  both,
  type Case,
  decideCase,
  excluded,
  failures,
  hold,
  localVolumes,
  openJob,
  rows,
} from './decisionRows.js';

describe('decide', () => {
  for (const [rule, reason, input] of rows) {
    it(`row ${rule}: ${reason}`, () => {
      const verdict = reason === 'reclaimed' ? 'eligible' : 'skipped';
      expect(decideCase(input)).to.deep.include({ rule, reason, verdict, forcedPast: [] });
    });
  }

  it('lets the first row that matches decide', () => {
    for (const [index, [rule, reason, earlier]] of rows.entries()) {
      for (const [laterRule, , later] of rows.slice(index + 1)) {
        expect(decideCase(both(earlier, later)), `rows ${rule} and ${laterRule}`).to.include({
          rule,
          reason,
        });
      }
    }
  });

  it('stands on the instance alone when there is no job list', () => {
    const instance = anInstance();
    const decision = decide(instance, null, aPolicy({ retryFailed: false }), now);
    expect(decision).to.include({ verdict: 'eligible', reason: 'reclaimed' });
    expect(decision.instance).to.equal(instance);
  });

  it('asks the filter about the instance itself', () => {
    const exclusionOf = ({ id }: { readonly id: string }) => (id === 'i-7' ? anExclusion : null);
    expect(decideCase({ instance: { id: 'i-7' }, policy: { exclusionOf } }).reason).to.equal('excluded');
    expect(decideCase({ instance: { id: 'i-8' }, policy: { exclusionOf } }).reason).to.equal('reclaimed');
  });
});

describe('decide, at the limits', () => {
  const reclaimedAt = (seconds: number): Case => ({ instance: { spotReclaimTime: String(seconds) } });
  const startedAt = (lastStartedAt: number): Case => ({ instance: { lastStartedAt } });
  const migratedAt = (lastSuccessAt: number, cooldownMinutes = 60): Case => ({
    history: { lastSuccessAt },
    policy: { cooldownMinutes },
  });
  const failed = (count: number, maxAttempts = 5, retryFailed = true): Case => ({
    history: { recentFailures: failures(count) },
    policy: { maxAttempts, retryFailed },
  });

  const failedAgo = (...seconds: readonly number[]): Case => ({
    history: { recentFailures: seconds.map((ago) => aJob({ state: 'fail', createdAt: now - ago })) },
  });
  /** So long ago that it does not rest any more. */
  const failedWith = (errorMessage: string): Case => ({
    history: { recentFailures: [aJob({ state: 'fail', createdAt: now - 700, errorMessage })] },
  });
  const table: readonly (readonly [string, Case, Reason])[] = [
    ['a reclaim right now', reclaimedAt(now), 'reclaimed'],
    ['a reclaim within the clock slack', reclaimedAt(now + 60), 'reclaimed'],
    ['a reclaim a second beyond the clock slack', reclaimedAt(now + 61), 'reclaim_pending'],
    ['started when it was reclaimed', startedAt(now - 1800), 'reclaimed'],
    ['started a second after that', startedAt(now - 1799), 'stale_reclaim'],
    ['started a second before that', startedAt(now - 1801), 'reclaimed'],
    ['the last second of the cooldown', migratedAt(now - 3599), 'cooldown'],
    ['the end of the cooldown', migratedAt(now - 3600), 'reclaimed'],
    ['the last second of a week of cooldown', migratedAt(now - 604_799, 10_080), 'cooldown'],
    ['the end of a week of cooldown', migratedAt(now - 604_800, 10_080), 'reclaimed'],
    ['no cooldown', migratedAt(now, 0), 'reclaimed'],
    ['a success in the future', migratedAt(now + 5), 'cooldown'],
    ['no success, whatever the cooldown', { policy: { cooldownMinutes: 10_080 } }, 'reclaimed'],
    ['one failure too few', failed(4), 'reclaimed'],
    ['as many failures as needed', failed(5), 'quarantined'],
    ['more failures than needed', failed(9), 'quarantined'],
    ['a limit of one failure', failed(1, 1), 'quarantined'],
    ['one failure without retries', failed(1, 5, false), 'quarantined'],
    ['no failure without retries', failed(0, 5, false), 'reclaimed'],
    ['a failure that still rests', failedAgo(599), 'backing_off'],
    ['a failure that has rested', failedAgo(600), 'reclaimed'],
    ['two failures of which the newer still rests', failedAgo(1_700, 1_199), 'backing_off'],
    ['two failures that have rested', failedAgo(1_700, 1_200), 'reclaimed'],
    ['three failures that still rest', failedAgo(1_790, 1_700, 1_600), 'backing_off'],
    ['a failure before the reclaim', failedAgo(1_801), 'reclaimed'],
    ['only one failure since the reclaim', failedAgo(4_000, 3_000, 700), 'reclaimed'],
    [
      'a failure before the last success',
      both({ history: { lastSuccessAt: now - 300 }, policy: { cooldownMinutes: 0 } }, failedAgo(400)),
      'reclaimed',
    ],
    [
      'a failure of an unknown time',
      { history: { recentFailures: [aJob({ state: 'fail', createdAt: null })] } },
      'reclaimed',
    ],
    [
      'as many failures as needed that still rest',
      both({ policy: { maxAttempts: 2 } }, failedAgo(60, 30)),
      'quarantined',
    ],
    ['a failure that says it is hopeless', failedWith('CUDA_VERSION_INCOMPATIBLE'), 'quarantined'],
    [
      'a failure that says it is hopeless, before the last success',
      both(
        { history: { lastSuccessAt: now - 300 }, policy: { cooldownMinutes: 0 } },
        failedWith('CUDA_VERSION_INCOMPATIBLE'),
      ),
      'reclaimed',
    ],
    ['a failure for want of capacity', failedWith('MIGRATE_INSUFFICIENT_RESOURCE'), 'reclaimed'],
    ['a local volume, with a warning only', { instance: { localVolumes } }, 'reclaimed'],
    ['no local volume to hold', { policy: hold }, 'reclaimed'],
    [
      'a local volume without a path',
      { instance: { localVolumes: [{ mountPath: '' }] }, policy: hold },
      'local_data',
    ],
  ];
  for (const [title, input, reason] of table) {
    it(`says ${reason}: ${title}`, () => expect(decideCase(input).reason).to.equal(reason));
  }
});

describe('decide, when rows coincide', () => {
  const pending: Case = { instance: { spotReclaimTime: String(now + 61) } };
  const table: readonly (readonly [string, Case, Reason, number])[] = [
    [
      'announced, and started later still',
      both(pending, { instance: { lastStartedAt: now + 62 } }),
      'reclaim_pending',
      5,
    ],
    [
      'migrating, with its job',
      { instance: { status: 'migrating' }, history: { openJob } },
      'migration_in_progress',
      2,
    ],
    ['migrating and left out', { instance: { status: 'migrating' }, policy: excluded }, 'excluded', 1],
    [
      'started, without a reclaim',
      { instance: { spotReclaimTime: '', lastStartedAt: now } },
      'not_reclaimed',
      3,
    ],
    [
      'migrated, then failed',
      { history: { lastSuccessAt: now, recentFailures: failures(5) } },
      'cooldown',
      8,
    ],
  ];
  for (const [title, input, reason, rule] of table) {
    it(`says ${reason}: ${title}`, () => expect(decideCase(input)).to.include({ reason, rule }));
  }
});
