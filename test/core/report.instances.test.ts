import { expect } from 'chai';
import type { Decision } from '../../src/core/eligibility.js';
import { explain } from '../../src/core/explain.js';
import { failureOf } from '../../src/core/failure.js';
import { dataAtRisk } from '../../src/core/instance.js';
import { emptyHistory } from '../../src/core/migrationHistory.js';
import { buildReport } from '../../src/core/report.js';
import type { ReportedInstance } from '../../src/core/reportedInstance.js';
import type { InstanceResult } from '../../src/core/summary.js';
import { wouldChange } from '../../src/core/wouldChange.js';
import { aDecision, aJob, anInstance, aReportInput, aResult, now } from '../support/builders.js';

function reported(result: InstanceResult): ReportedInstance | undefined {
  return buildReport(aReportInput({ results: [result] })).instances[0];
}

describe('an instance in a report', () => {
  it('has the form of the contract', () => {
    const localVolumes = [{ mountPath: '/workspace' }];
    const decision = aDecision({ localVolumes, lastStartedAt: now }, { force: true });
    const failure = failureOf('no_capacity', { detail: 'full', status: 400 });
    const { code, category, message, cause, host, status, nextStep, retryable } = failure;
    expect(reported(aResult({ decision, outcome: 'no_capacity', attempts: 2, failure }))).to.deep.equal({
      id: 'i-1',
      name: 'training',
      status: 'exited',
      spotStatus: 'terminated',
      spotReclaimTime: String(now - 1800),
      reclaimAt: '2026-11-24T11:30:00.000Z',
      lastStartedAt: '2026-11-24T12:00:00.000Z',
      billingMode: 'spot',
      productName: 'RTX 4090 24GB',
      clusterName: 'US-CA-06',
      verdict: 'eligible',
      reason: 'reclaimed',
      rule: 11,
      explanation: explain(decision),
      evidence: { status: 'exited', spotStatus: 'terminated', spotReclaimTime: String(now - 1800) },
      forcedPast: ['stale_reclaim'],
      outcome: 'no_capacity',
      attempts: 2,
      followedSeconds: null,
      startedInsteadOf: null,
      alternatives: null,
      recoveredAfterSeconds: null,
      recoveredAfterReclaimSeconds: null,
      lostAgain: null,
      dataAtRisk: ['system_disk', 'local_volume:/workspace'],
      dataKept: null,
      pricePerHour: null,
      error: { code, category, message, cause, host, status, nextStep, retryable },
      nextStep,
      wouldChange: null,
      history: null,
    });
  });

  it('says of check what would change the decision, and what was tried before', () => {
    const failure = aJob({ id: 'job-2', state: 'fail', createdAt: now - 60, errorMessage: 'no room' });
    const history = { ...emptyHistory, recentJobs: [failure] };
    const explained = (decision: Decision): ReportedInstance | undefined =>
      buildReport(aReportInput({ command: 'check', results: [aResult({ decision, outcome: null })] }))
        .instances[0];
    const decision = aDecision({ spotReclaimTime: '0' });
    expect(explained({ ...decision, history })).to.deep.include({
      wouldChange: wouldChange(decision),
      history: [
        {
          jobId: 'job-2',
          type: 'instanceMigrate',
          state: 'fail',
          at: '2026-11-24T11:59:00.000Z',
          error: 'no room',
        },
      ],
    });
    expect(explained(decision)?.history).to.equal(null);
    expect(explained({ ...decision, history: emptyHistory })?.history).to.deep.equal([]);
  });

  it('says how long it was followed, and how long it took to come back', () => {
    const followed = {
      seconds: 40,
      recoveredAfterSeconds: 42,
      recoveredAfterReclaimSeconds: 1842,
      lostAgain: null,
    };
    expect(reported(aResult({ outcome: 'recovered', followed }))).to.deep.include({
      outcome: 'recovered',
      followedSeconds: 40,
      recoveredAfterSeconds: 42,
      recoveredAfterReclaimSeconds: 1842,
    });
  });

  it('says what became of it before it was seen running', () => {
    const followed = {
      seconds: 40,
      recoveredAfterSeconds: null,
      recoveredAfterReclaimSeconds: null,
      lostAgain: 'reclaimed_again',
    } as const;
    expect(reported(aResult({ outcome: 'migrated', followed }))).to.deep.include({
      outcome: 'migrated',
      followedSeconds: 40,
      lostAgain: 'reclaimed_again',
    });
  });

  it('has null for what is absent', () => {
    const absent = {
      spotStatus: null,
      spotReclaimTime: null,
      billingMode: null,
      productName: null,
      clusterName: null,
    };
    const result = aResult({ decision: aDecision(absent), outcome: null, attempts: 0 });
    expect(reported(result)).to.deep.include({
      ...absent,
      reclaimAt: null,
      lastStartedAt: null,
      verdict: 'skipped',
      reason: 'not_reclaimed',
      rule: 3,
      forcedPast: [],
      outcome: null,
      attempts: 0,
      error: null,
    });
  });

  for (const spotReclaimTime of ['', '0', 'soon', String(now * 1000)]) {
    it(`keeps the reclaim time ${JSON.stringify(spotReclaimTime)} as it came, and makes no date of it`, () => {
      const result = aResult({ decision: aDecision({ spotReclaimTime }), outcome: null });
      expect(reported(result)).to.include({ spotReclaimTime, reclaimAt: null });
    });
  }

  it('stays in the order of the results', () => {
    const results = ['i-3', 'i-1', 'i-2'].map((id) => aResult({ decision: aDecision({ id }) }));
    const { instances } = buildReport(aReportInput({ results }));
    expect(instances.map(({ id }) => id)).to.deep.equal(['i-3', 'i-1', 'i-2']);
  });
});

describe('dataAtRisk', () => {
  const table: readonly (readonly [readonly string[], readonly string[]])[] = [
    [[], ['system_disk']],
    [['/a'], ['system_disk', 'local_volume:/a']],
    [
      ['/b', '/a'],
      ['system_disk', 'local_volume:/b', 'local_volume:/a'],
    ],
  ];
  for (const [paths, expected] of table) {
    it(`is ${expected.join(', ')}`, () => {
      const localVolumes = paths.map((mountPath) => ({ mountPath }));
      expect(dataAtRisk(anInstance({ localVolumes }))).to.deep.equal(expected);
    });
  }
});
