import { expect } from 'chai';
import { decide, type EligibilityPolicy, type Reason } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';

interface Case {
  readonly instance?: Partial<Instance>;
  readonly history?: Partial<MigrationHistory>;
  readonly policy?: Partial<EligibilityPolicy>;
}

function decideCase({ instance, history, policy }: Case) {
  return decide(anInstance(instance), { ...emptyHistory, ...history }, aPolicy(policy), now);
}

const openJob = aJob({ state: 'running' });
const failures = (count: number) => Array.from({ length: count }, () => aJob({ state: 'fail' }));
const local = [{ mountPath: '/workspace' }];
const excluded: Partial<EligibilityPolicy> = { isExcluded: () => true };
const hold: Partial<EligibilityPolicy> = { holdLocalData: true };

/** One case for each row of the table, in its order, that matches this row and none before it. */
const rows: readonly (readonly [number, Reason, Case])[] = [
  [1, 'excluded', { policy: excluded }],
  [2, 'not_exited', { instance: { status: 'running' } }],
  [3, 'not_reclaimed', { instance: { spotReclaimTime: '0' } }],
  [4, 'invalid_reclaim_time', { instance: { spotReclaimTime: 'soon' } }],
  [5, 'reclaim_pending', { instance: { spotReclaimTime: String(now + 3600) } }],
  [6, 'stale_reclaim', { instance: { lastStartedAt: now - 60 } }],
  [7, 'migration_in_progress', { history: { openJob } }],
  [8, 'cooldown', { history: { lastSuccessAt: now - 600 } }],
  [9, 'quarantined', { history: { recentFailures: failures(5) } }],
  [10, 'local_data', { instance: { localVolumes: local }, policy: hold }],
  [11, 'reclaimed', {}],
];

describe('decide', () => {
  for (const [rule, reason, input] of rows) {
    it(`row ${rule}: ${reason}`, () => {
      const verdict = reason === 'reclaimed' ? 'eligible' : 'skipped';
      expect(decideCase(input)).to.include({ rule, reason, verdict });
    });
  }

  it('lets the first row that matches decide', () => {
    for (const [index, [rule, reason, earlier]] of rows.entries()) {
      for (const [laterRule, , later] of rows.slice(index + 1)) {
        const both: Case = {
          instance: { ...later.instance, ...earlier.instance },
          history: { ...later.history, ...earlier.history },
          policy: { ...later.policy, ...earlier.policy },
        };
        expect(decideCase(both), `rows ${rule} and ${laterRule}`).to.include({ rule, reason });
      }
    }
  });

  const details: readonly (readonly [string, Case, Reason])[] = [
    ['migrating has a reason of its own', { instance: { status: 'migrating' } }, 'migration_in_progress'],
    ['an unknown status is not exited', { instance: { status: 'hibernating' } }, 'not_exited'],
    ['an empty status is not exited', { instance: { status: '' } }, 'not_exited'],
    ['Exited is not exited', { instance: { status: 'Exited' } }, 'not_exited'],
    ['no reclaim time, whatever the spot status', { instance: { spotReclaimTime: null } }, 'not_reclaimed'],
    [
      'an empty reclaim time',
      { instance: { spotReclaimTime: '', spotStatus: 'reclaiming' } },
      'not_reclaimed',
    ],
    ['milliseconds', { instance: { spotReclaimTime: String((now - 1800) * 1000) } }, 'invalid_reclaim_time'],
    ['a reclaim time without a spot status', { instance: { spotStatus: null } }, 'reclaimed'],
    ['a reclaim time with an empty spot status', { instance: { spotStatus: '' } }, 'reclaimed'],
    ['an unknown spot status', { instance: { spotStatus: 'evicted' } }, 'reclaimed'],
    ['a reclaim right now', { instance: { spotReclaimTime: String(now) } }, 'reclaimed'],
    ['a reclaim within the clock slack', { instance: { spotReclaimTime: String(now + 60) } }, 'reclaimed'],
    [
      'a reclaim beyond the clock slack',
      { instance: { spotReclaimTime: String(now + 61) } },
      'reclaim_pending',
    ],
    ['started when it was reclaimed', { instance: { lastStartedAt: now - 1800 } }, 'reclaimed'],
    ['started a second after that', { instance: { lastStartedAt: now - 1799 } }, 'stale_reclaim'],
    ['started long before', { instance: { lastStartedAt: now - 86_400 } }, 'reclaimed'],
    ['the last second of the cooldown', { history: { lastSuccessAt: now - 3599 } }, 'cooldown'],
    ['the end of the cooldown', { history: { lastSuccessAt: now - 3600 } }, 'reclaimed'],
    ['no cooldown', { history: { lastSuccessAt: now }, policy: { cooldownMinutes: 0 } }, 'reclaimed'],
    ['a success in the future', { history: { lastSuccessAt: now + 5 } }, 'cooldown'],
    ['one failure too few', { history: { recentFailures: failures(4) } }, 'reclaimed'],
    ['more failures than needed', { history: { recentFailures: failures(9) } }, 'quarantined'],
    [
      'one failure',
      { history: { recentFailures: failures(1) }, policy: { retryFailed: false } },
      'quarantined',
    ],
    ['no failure', { policy: { retryFailed: false } }, 'reclaimed'],
    ['a local volume, with a warning only', { instance: { localVolumes: local } }, 'reclaimed'],
    ['no local volume to hold', { policy: hold }, 'reclaimed'],
  ];
  for (const [title, input, reason] of details) {
    it(`says ${reason}: ${title}`, () => {
      expect(decideCase(input).reason).to.equal(reason);
    });
  }

  it('stands on the instance alone when there is no job list', () => {
    expect(decide(anInstance(), null, aPolicy(), now)).to.include({
      verdict: 'eligible',
      reason: 'reclaimed',
    });
  });
});

describe('decide, with force', () => {
  const overridable: readonly Reason[] = [
    'reclaim_pending',
    'stale_reclaim',
    'cooldown',
    'quarantined',
    'local_data',
  ];
  for (const [, reason, input] of rows.slice(0, -1)) {
    const forced = { ...input, policy: { ...input.policy, force: true } };
    if (overridable.includes(reason)) {
      it(`passes over ${reason}`, () => {
        expect(decideCase(forced)).to.deep.include({
          verdict: 'eligible',
          reason: 'reclaimed',
          forcedPast: [reason],
        });
      });
    } else {
      it(`does not pass over ${reason}`, () => {
        expect(decideCase(forced)).to.deep.include({ verdict: 'skipped', reason, forcedPast: [] });
      });
    }
  }

  it('names everything that it passes over', () => {
    const decision = decideCase({
      instance: { lastStartedAt: now - 60, localVolumes: local },
      history: { lastSuccessAt: now, recentFailures: failures(5) },
      policy: { ...hold, force: true },
    });
    expect(decision.forcedPast).to.deep.equal(['stale_reclaim', 'cooldown', 'quarantined', 'local_data']);
  });

  it('is stopped by a later row that it may not pass over', () => {
    const decision = decideCase({
      instance: { lastStartedAt: now - 60 },
      history: { openJob },
      policy: { force: true },
    });
    expect(decision).to.deep.include({
      reason: 'migration_in_progress',
      rule: 7,
      forcedPast: ['stale_reclaim'],
    });
  });
});

describe('the evidence of a decision', () => {
  const table: readonly (readonly [Case, object])[] = [
    [{ policy: excluded }, { name: 'training', id: 'i-1' }],
    [{ instance: { status: 'running' } }, { status: 'running' }],
    [{ instance: { spotReclaimTime: null } }, { spotReclaimTime: null, spotStatus: 'terminated' }],
    [{ instance: { spotReclaimTime: 'x' } }, { spotReclaimTime: 'x' }],
    [{ instance: { spotReclaimTime: String(now + 99) } }, { spotReclaimTime: String(now + 99), now }],
    [{ instance: { lastStartedAt: now } }, { lastStartedAt: now, spotReclaimTime: String(now - 1800) }],
    [{ history: { openJob } }, { jobId: 'job-1', jobType: 'instanceMigrate', jobState: 'running' }],
    [{ history: { lastSuccessAt: now - 60 } }, { lastMigratedAt: now - 60, eligibleAgainAt: now + 3540 }],
    [
      { history: { recentFailures: [...failures(4), aJob({ state: 'fail', errorMessage: 'no room' })] } },
      { failedMigrations: 5, failureLimit: 5, lastError: 'no room' },
    ],
    [{ instance: { localVolumes: local }, policy: hold }, { localVolume: '/workspace' }],
    [{}, { status: 'exited', spotStatus: 'terminated', spotReclaimTime: String(now - 1800) }],
  ];
  for (const [input, evidence] of table) {
    const { rule, reason } = decideCase(input);
    it(`holds the fields behind row ${rule}, ${reason}`, () => {
      expect(decideCase(input).evidence).to.deep.equal(evidence);
    });
  }
});
