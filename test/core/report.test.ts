import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { buildReport } from '../../src/core/report.js';
import { summarize } from '../../src/core/summary.js';
import { aDecision, aResult, now } from '../support/builders.js';

const reclaimedAt = '2026-11-24T11:30:00.000Z';

describe('buildReport', () => {
  const results = [
    aResult({
      outcome: 'no_capacity',
      attempts: 2,
      failure: failureOf('no_capacity', { detail: 'full', status: 400 }),
    }),
    aResult({
      decision: aDecision({ id: 'i-2', spotReclaimTime: null, spotStatus: null }),
      outcome: null,
      attempts: 0,
    }),
  ];
  const report = buildReport({
    command: 'migrate',
    runId: 'run-1',
    dryRun: false,
    startedAtMs: now * 1000,
    finishedAtMs: now * 1000 + 1234,
    listComplete: true,
    jobsAvailable: false,
    warnings: ['careful'],
    summary: summarize(results),
    results,
    notFound: ['i-9'],
    failure: failureOf('auth_refused'),
    exitReason: 'terminated',
  });

  it('says of the run what the contract says', () => {
    expect(report).to.deep.include({
      schemaVersion: 1,
      command: 'migrate',
      runId: 'run-1',
      dryRun: false,
      startedAt: '2026-11-24T12:00:00.000Z',
      finishedAt: '2026-11-24T12:00:01.234Z',
      durationMs: 1234,
      listComplete: true,
      jobsAvailable: false,
      warnings: ['careful'],
      notFound: ['i-9'],
      exitCode: 143,
      exitReason: 'interrupted',
    });
    expect(report.error).to.include({ code: 'auth_refused', category: 'auth', retryable: false });
  });

  it('says of an instance what the contract says', () => {
    expect(report.instances[0]).to.deep.include({
      id: 'i-1',
      name: 'training',
      status: 'exited',
      spotStatus: 'terminated',
      spotReclaimTime: String(now - 1800),
      reclaimAt: reclaimedAt,
      verdict: 'eligible',
      reason: 'reclaimed',
      rule: 11,
      outcome: 'no_capacity',
      attempts: 2,
      dataAtRisk: ['system_disk'],
    });
    expect(report.instances[0]?.error).to.deep.include({
      code: 'no_capacity',
      category: 'capacity',
      retryable: false,
    });
    expect(report.instances[0]?.error?.message).to.include('full');
  });

  it('has null for what is absent', () => {
    expect(report.instances[1]).to.deep.include({
      spotStatus: null,
      spotReclaimTime: null,
      reclaimAt: null,
      outcome: null,
      error: null,
    });
  });

  it('names local volumes as data at risk', () => {
    const decision = aDecision({ localVolumes: [{ mountPath: '/a' }, { mountPath: '/b' }] });
    const { instances } = buildReport({
      command: 'check',
      runId: 'run-1',
      dryRun: false,
      startedAtMs: 0,
      finishedAtMs: 0,
      listComplete: true,
      jobsAvailable: true,
      warnings: [],
      summary: summarize([]),
      results: [aResult({ decision })],
      notFound: [],
      failure: null,
      exitReason: 'ok',
    });
    expect(instances[0]?.dataAtRisk).to.deep.equal(['system_disk', 'local_volume:/a', 'local_volume:/b']);
  });
});
