import { expect } from 'chai';
import { type FindingKind, findingStates, judgeAccount } from '../../src/core/accountHealth.js';
import { failureOf } from '../../src/core/failure.js';
import { buildReport, type ReportInput } from '../../src/core/report.js';
import { stuckMigrationsOf } from '../../src/core/stuckMigration.js';
import { summarize } from '../../src/core/summary.js';
import { anInstance, aReportInput, now } from '../support/builders.js';
import { both, type Case, decideCase, excluded, hold, localVolumes } from './decisionRows.js';
import { aJob } from '../support/builders.js';
import { historyByInstance } from '../../src/core/migrationHistory.js';
import type { Job } from '../../src/core/job.js';

const limits = { nowSeconds: now, limitSeconds: 2400, cooldownSeconds: 3600 };
const stuckSeconds = 2400;

function judge(cases: readonly Case[], changes: Partial<ReportInput> = {}) {
  const results = cases.map((each, index) => {
    const decision = decideCase(both({ instance: { id: `i-${index + 1}` } }, each));
    return { decision, outcome: null, attempts: 0, failure: null };
  });
  const stuck = stuckMigrationsOf(
    results.map(({ decision }) => decision),
    now,
    stuckSeconds,
  );
  const input = { command: 'check', results, stuck, summary: summarize(results), ...changes };
  return judgeAccount(buildReport(aReportInput(input)), limits);
}

const down = (seconds: number): Case => ({ instance: { spotReclaimTime: String(now - seconds) } });
const jobs = (...list: readonly Job[]): Case => ({ history: historyByInstance(list, now).get('i-1') ?? {} });
const failures = [1, 2, 3, 4, 5].map((hours) => aJob({ state: 'fail', createdAt: now - hours * 3600 }));
const failedLately = aJob({ state: 'fail', createdAt: now - 30 });
const success = (secondsAgo: number): Job => aJob({ createdAt: now - secondsAgo });
const open = (secondsAgo: number | null): Job =>
  aJob({ state: 'running', createdAt: secondsAgo === null ? null : now - secondsAgo });
const held: Case = { instance: { localVolumes }, policy: hold };
const notified = (spotReclaimTime: string | null): Case => ({
  instance: { status: 'running', spotStatus: 'notified', spotReclaimTime },
});

describe('judgeAccount', () => {
  const table: readonly (readonly [string, readonly Case[], FindingKind | null, number | null])[] = [
    ['no instance', [], null, null],
    ['one that runs', [{ instance: { status: 'running', spotReclaimTime: '0' } }], null, null],
    ['one that its owner stopped', [{ instance: { spotReclaimTime: '0' } }], null, null],
    ['one that has run since its reclaim', [{ instance: { lastStartedAt: now } }], null, null],
    ['one that was reclaimed lately', [down(2400)], 'eligible', 2400],
    ['one that was reclaimed too long ago', [down(2401)], 'overdue', 2401],
    ['one that is left out', [both({ policy: excluded }, down(9000))], null, null],
    ['one that is held', [both(held, down(60))], 'held', 60],
    ['one that has been held too long', [both(held, down(9000))], 'overdue', 9000],
    ['one in its cooldown', [both(jobs(success(3000)), down(2900))], 'cooldown', null],
    ['one whose cooldown has just passed', [both(jobs(success(3700)), down(3600))], 'eligible', 3600],
    ['one whose cooldown passed long ago', [both(jobs(success(6100)), down(6050))], 'overdue', 6050],
    ['one at rest after a failure', [both(jobs(failedLately), down(600))], 'backing_off', 600],
    ['one at rest that has been down too long', [both(jobs(failedLately), down(9000))], 'overdue', 9000],
    ['one in quarantine', [both(jobs(...failures), down(9000))], 'quarantined', 9000],
    ['one that is being migrated', [both(jobs(open(2400)), down(9000))], null, null],
    ['one whose migration does not end', [both(jobs(open(2401)), down(9000))], 'stuck', 2401],
    ['one whose migration began at no known time', [both(jobs(open(null)), down(9000))], null, null],
    ['one that the provider moves', [both({ instance: { status: 'migrating' } }, down(9000))], null, null],
    ['one with a notice', [notified(String(now + 600))], 'reclaim_notice', 600],
    ['one with a notice of no time', [notified('0')], 'reclaim_notice', null],
    ['one whose reclaim is going on', [notified(String(now - 60))], 'reclaim_notice', 0],
    ['one with a bad time', [{ instance: { spotReclaimTime: 'soon' } }], 'invalid_reclaim_time', null],
  ];
  for (const [title, cases, kind, seconds] of table) {
    it(`finds ${kind ?? 'nothing to tell'} in ${title}`, () => {
      const { state, findings, problem } = judge(cases);
      expect(problem).to.equal(null);
      expect(state).to.equal(kind === null ? 'healthy' : findingStates[kind]);
      expect(findings).to.deep.equal(kind === null ? [] : [{ kind, names: ['training'], seconds }]);
    });
  }

  it('puts the most urgent first, and of each kind the longest', () => {
    const { state, findings } = judge([
      notified(String(now + 999)),
      down(60),
      notified(String(now + 600)),
      both({ instance: { name: '' } }, down(9000)),
      down(90),
    ]);
    expect(state).to.equal('critical');
    expect(findings).to.deep.equal([
      { kind: 'overdue', names: ['i-4'], seconds: 9000 },
      { kind: 'eligible', names: ['training', 'training'], seconds: 90 },
      { kind: 'reclaim_notice', names: ['training', 'training'], seconds: 600 },
    ]);
  });

  it('counts what there is and what is being migrated', () => {
    const counted = judge([{ instance: { status: 'migrating' } }, jobs(open(60)), down(60)]);
    expect(counted).to.include({ instances: 3, exited: 2, inProgress: 2, state: 'warning' });
  });

  const lists: readonly (readonly [FindingKind, Partial<ReportInput>])[] = [
    ['list_incomplete', { listComplete: false }],
    ['jobs_unknown', { jobsAvailable: false }],
  ];
  for (const [kind, changes] of lists) {
    it(`warns of ${kind}`, () => {
      expect(judge([], changes)).to.deep.include({
        state: 'warning',
        findings: [{ kind, names: [], seconds: null }],
      });
    });
  }

  const candidates = [anInstance(), anInstance({ id: 'i-2' })];
  const problems: readonly (readonly [string, Partial<ReportInput>, RegExp])[] = [
    [
      'a run that failed',
      { failure: failureOf('auth_refused') },
      /^The API refused the key \(auth_refused\)$/,
    ],
    ['what was not found', { notFound: ['nope'] }, /nope/],
    [
      'a name of several',
      { ambiguous: [{ target: 'training', candidates }] },
      /^training is the name of several/,
    ],
  ];
  for (const [title, changes, problem] of problems) {
    it(`knows nothing after ${title}`, () => {
      const judged = judge([down(9000)], changes);
      expect(judged).to.deep.include({ state: 'unknown', findings: [] });
      expect(judged.problem).to.match(problem);
    });
  }
});
