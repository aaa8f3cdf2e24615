import { expect } from 'chai';
import { decide } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { outagesOf, recoveryWindowSeconds } from '../../src/core/outages.js';
import type { InstanceResult } from '../../src/core/summary.js';
import { aJob, anInstance, aPolicy, now, anExclusion } from '../support/builders.js';

interface Case {
  readonly instance?: Partial<Instance>;
  readonly history?: Partial<MigrationHistory>;
  readonly policy?: Parameters<typeof aPolicy>[0];
  readonly outcome?: InstanceResult['outcome'];
}

function resultOf({ instance = {}, history, policy = {}, outcome = null }: Case): InstanceResult {
  const known = history === undefined ? null : { ...emptyHistory, ...history };
  const decision = decide(anInstance(instance), known, aPolicy(policy), now);
  return { decision, outcome, attempts: 0, failure: null };
}

const ago = (seconds: number): string => String(now - seconds);
const day = recoveryWindowSeconds;

describe('outagesOf: what is down', () => {
  const failures = Array.from({ length: 5 }, () => aJob({ state: 'fail', createdAt: now - 60 }));
  const table: readonly (readonly [string, Case, number | null])[] = [
    ['a reclaimed instance', {}, 1800],
    ['one that is being migrated by this run', { outcome: 'migrated' }, 1800],
    ['one that no node has room for', { outcome: 'no_capacity' }, 1800],
    ['one that has come back in this run', { outcome: 'recovered' }, null],
    ['one that migrates', { instance: { status: 'migrating' } }, 1800],
    ['one with an open job', { history: { openJob: aJob({ state: 'running' }) } }, 1800],
    ['one that rests in its cooldown', { history: { lastSuccessAt: now - 60 } }, 1800],
    ['one in quarantine', { history: { recentFailures: failures } }, 1800],
    [
      'one that is held for its local data',
      { instance: { localVolumes: [{ mountPath: '/data' }] }, policy: { holdLocalData: true } },
      1800,
    ],
    ['one that the filters leave out', { policy: { exclusionOf: () => anExclusion } }, null],
    ['one that runs', { instance: { status: 'running' } }, null],
    ['one that its owner stopped', { instance: { spotReclaimTime: '0' } }, null],
    ['one whose reclaim time is no time', { instance: { spotReclaimTime: 'soon' } }, null],
    ['one that has run since', { instance: { lastStartedAt: now - 1799 } }, null],
    [
      'one that has run since, and is forced',
      { instance: { lastStartedAt: now - 60 }, policy: { force: true } },
      null,
    ],
    ['one that was started as it was reclaimed', { instance: { lastStartedAt: now - 1800 } }, 1800],
    [
      'one that migrates and has run since',
      { instance: { status: 'migrating', lastStartedAt: now - 60 } },
      null,
    ],
    ['one that migrates without a reclaim', { instance: { status: 'migrating', spotReclaimTime: '' } }, null],
    ['a reclaim within the clock slack of the future', { instance: { spotReclaimTime: ago(-60) } }, 0],
    ['a reclaim that is yet to come', { instance: { spotReclaimTime: ago(-61) } }, null],
    [
      'a migration ahead of the reclaim',
      { instance: { status: 'migrating', spotReclaimTime: ago(-900) } },
      0,
    ],
  ];
  for (const [title, input, seconds] of table) {
    it(`${title}: ${seconds === null ? 'not down' : `down for ${seconds} s`}`, () => {
      const { down, longestSeconds } = outagesOf([resultOf(input)], now);
      expect({ down, longestSeconds }).to.deep.equal({
        down: seconds === null ? 0 : 1,
        longestSeconds: seconds ?? 0,
      });
    });
  }

  it('takes the longest of several', () => {
    const results = [600, 86_400, 60].map((seconds) =>
      resultOf({ instance: { spotReclaimTime: ago(seconds) } }),
    );
    expect(outagesOf(results, now)).to.include({ down: 3, longestSeconds: 86_400 });
  });

  it('finds nothing down in an empty account', () => {
    expect(outagesOf([], now)).to.deep.equal({
      down: 0,
      longestSeconds: 0,
      recoveries: [],
      reclaimNotices: 0,
    });
  });
});

describe('outagesOf: what came back', () => {
  /** Runs since a minute ago, after it was reclaimed ten minutes ago. */
  const back = {
    status: 'running',
    spotReclaimTime: ago(600),
    lastStoppedAt: now - 590,
    lastStartedAt: now - 60,
  };
  const forgotten = { ...back, spotReclaimTime: '0' };
  const migrated = { lastSuccessAt: now - 300 };
  const table: readonly (readonly [string, Case, readonly number[]])[] = [
    ['from the reclaim time that is kept', { instance: back }, [540]],
    [
      'from the last stop, where a migration came after it',
      { instance: forgotten, history: migrated },
      [530],
    ],
    ['nothing, where no migration is known', { instance: forgotten }, []],
    [
      'nothing, where the migration is older',
      { instance: forgotten, history: { lastSuccessAt: now - 591 } },
      [],
    ],
    [
      'nothing, where the migration is newer',
      { instance: forgotten, history: { lastSuccessAt: now - 59 } },
      [],
    ],
    ['a migration at the stop itself', { instance: forgotten, history: { lastSuccessAt: now - 590 } }, [530]],
    ['a migration at the start itself', { instance: forgotten, history: { lastSuccessAt: now - 60 } }, [530]],
    ['nothing without a stop', { instance: { ...forgotten, lastStoppedAt: null }, history: migrated }, []],
    ['nothing without a start', { instance: { ...back, lastStartedAt: null } }, []],
    ['nothing of one that only starts', { instance: { ...back, status: 'starting' } }, []],
    ['nothing of one that is excluded', { instance: back, policy: { exclusionOf: () => anExclusion } }, []],
    ['nothing before the reclaim', { instance: { ...back, spotReclaimTime: ago(30) } }, []],
    ['nothing at the moment of the reclaim', { instance: { ...back, spotReclaimTime: ago(60) } }, []],
    [
      'a start 24 hours ago',
      { instance: { ...back, spotReclaimTime: ago(day + 100), lastStartedAt: now - day } },
      [100],
    ],
    [
      'nothing of a start that is older',
      { instance: { ...back, spotReclaimTime: ago(day + 101), lastStartedAt: now - day - 1 } },
      [],
    ],
    ['a start just now', { instance: { ...back, lastStartedAt: now } }, [600]],
    ['nothing of a start that is yet to come', { instance: { ...back, lastStartedAt: now + 1 } }, []],
  ];
  it('one that this run saw running again', () => {
    const followed = {
      seconds: 40,
      recoveredAfterSeconds: 42,
      recoveredAfterReclaimSeconds: 1842,
      lostAgain: null,
    };
    const result = { ...resultOf({ outcome: 'recovered' }), followed };
    expect(outagesOf([result], now)).to.deep.include({ down: 0, recoveries: [1842] });
  });
  for (const [title, input, recoveries] of table) {
    it(title, () => expect(outagesOf([resultOf(input)], now).recoveries).to.deep.equal(recoveries));
  }
});

describe('outagesOf: reclaim notices', () => {
  const table: readonly (readonly [string, Case, number])[] = [
    ['running, notified', { instance: { status: 'running', spotStatus: 'notified' } }, 1],
    ['running, reclaiming', { instance: { status: 'running', spotStatus: 'reclaiming' } }, 1],
    ['running', { instance: { status: 'running', spotStatus: 'running' } }, 0],
    ['exited', { instance: { status: 'exited', spotStatus: 'notified' } }, 0],
    ['migrating', { instance: { status: 'migrating', spotStatus: 'reclaiming' } }, 0],
    [
      'excluded',
      { instance: { status: 'running', spotStatus: 'notified' }, policy: { exclusionOf: () => anExclusion } },
      0,
    ],
  ];
  for (const [title, input, notices] of table) {
    it(`${title}: ${notices}`, () =>
      expect(outagesOf([resultOf(input)], now).reclaimNotices).to.equal(notices));
  }
});
