import { expect } from 'chai';
import { decide, type Evidence } from '../../src/core/eligibility.js';
import { historyByInstance } from '../../src/core/migrationHistory.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';
import {
  both,
  type Case,
  decideCase,
  excluded,
  failures,
  hold,
  localVolumes,
  openJob,
} from './decisionRows.js';

describe('the evidence of a decision', () => {
  const spotReclaimTime = String(now - 1800);
  const refused = aJob({ state: 'fail', errorMessage: 'no room' });
  const table: readonly (readonly [rule: number, Case, Evidence])[] = [
    [
      1,
      { policy: excluded },
      { name: 'training', id: 'i-1', variable: 'MIGRATION_EXCLUDE', pattern: 'train*' },
    ],
    [2, { instance: { status: 'running' } }, { status: 'running' }],
    [2, { instance: { status: 'migrating' } }, { status: 'migrating' }],
    [3, { instance: { spotReclaimTime: null } }, { spotReclaimTime: null, spotStatus: 'terminated' }],
    [4, { instance: { spotReclaimTime: 'soon' } }, { spotReclaimTime: 'soon' }],
    [5, { instance: { spotReclaimTime: String(now + 99) } }, { spotReclaimTime: String(now + 99), now }],
    [6, { instance: { lastStartedAt: now } }, { lastStartedAt: now, spotReclaimTime }],
    [7, { history: { openJob } }, { jobId: 'job-1', jobType: 'instanceMigrate', jobState: 'running' }],
    [8, { history: { lastSuccessAt: now - 60 } }, { lastMigratedAt: now - 60, eligibleAgainAt: now + 3540 }],
    [
      9,
      { history: { recentFailures: [refused] }, policy: { maxAttempts: 1 } },
      { failedMigrations: 1, failureLimit: 1, lastError: 'no room', eligibleAgainAt: now - 86_400 },
    ],
    [
      9,
      { history: { recentFailures: failures(2) }, policy: { retryFailed: false } },
      { failedMigrations: 2, failureLimit: 1, lastError: null, eligibleAgainAt: now - 86_400 },
    ],
    [10, { instance: { localVolumes }, policy: hold }, { localVolume: '/workspace' }],
    [11, {}, { status: 'exited', spotStatus: 'terminated', spotReclaimTime }],
  ];
  for (const [rule, input, evidence] of table) {
    it(`holds the fields behind row ${rule}: ${JSON.stringify(evidence)}`, () => {
      expect(decideCase(input)).to.deep.include({ rule, evidence });
    });
  }

  const limits: readonly (readonly [string, number, readonly (number | null)[], number | null])[] = [
    ['the last of as many as allowed', 3, [900, 600, 300], now - 900 + 86_400],
    ['the second of one too many', 2, [900, 600, 300], now - 600 + 86_400],
    ['the newest where one is enough', 1, [900, 600, 300], now - 300 + 86_400],
    ['one of no time', 1, [900, null], null],
    ['the one that stands before one of no time', 2, [900, null], now - 900 + 86_400],
  ];
  for (const [title, maxAttempts, agos, eligibleAgainAt] of limits) {
    it(`says that quarantine ends a day after ${title}`, () => {
      const jobs = agos.map((ago) => aJob({ state: 'fail', createdAt: ago === null ? null : now - ago }));
      const history = historyByInstance(jobs, now).get('i-1') ?? null;
      const decided = decide(anInstance(), history, aPolicy({ maxAttempts }), now);
      expect(decided.evidence).to.include({ eligibleAgainAt });
      if (eligibleAgainAt === null) return;
      const later = (seconds: number) =>
        decide(
          anInstance(),
          historyByInstance(jobs, seconds).get('i-1') ?? null,
          aPolicy({ maxAttempts }),
          seconds,
        ).verdict;
      expect([later(eligibleAgainAt - 1), later(eligibleAgainAt)]).to.deep.equal(['skipped', 'eligible']);
    });
  }

  it('is that of the row that decided, not of one that was passed over', () => {
    const forced: Case = { instance: { lastStartedAt: now }, policy: { force: true } };
    expect(decideCase(forced).evidence).to.have.all.keys('status', 'spotStatus', 'spotReclaimTime');
    expect(decideCase(both(forced, { history: { openJob } })).evidence).to.include({ jobId: 'job-1' });
  });

  const failed = (secondsAgo: number, errorMessage: string) =>
    aJob({ state: 'fail', createdAt: now - secondsAgo, errorMessage });
  const orders = [
    ['oldest first', [failed(900, 'oldest'), failed(600, 'middle'), failed(300, 'newest')]],
    ['newest first', [failed(300, 'newest'), failed(600, 'middle'), failed(900, 'oldest')]],
  ] as const;
  for (const [title, jobs] of orders) {
    it(`has the newest failure as the last error of a job list that is ${title}`, () => {
      const history = historyByInstance(jobs, now).get('i-1') ?? null;
      const { evidence } = decide(anInstance(), history, aPolicy({ maxAttempts: 3 }), now);
      expect(evidence).to.include({ failedMigrations: 3, lastError: 'newest' });
    });
  }
});
