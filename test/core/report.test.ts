import { expect } from 'chai';
import { exitCodes, type ExitReason, exitReasonName } from '../../src/core/exitCode.js';
import { failureOf } from '../../src/core/failure.js';
import { buildReport, type ReportInput } from '../../src/core/report.js';
import { summarize } from '../../src/core/summary.js';
import { anInstance, aReportInput, aResult, now } from '../support/builders.js';

const emptyCounts = {
  total: 0,
  exited: 0,
  eligible: 0,
  migrated: 0,
  skipped: 0,
  errors: 0,
  unknown: 0,
  deferred: 0,
  notStarted: 0,
  wouldMigrate: 0,
  notFound: 0,
  ambiguous: 0,
};

describe('buildReport', () => {
  it('has the form of the contract, with null for what is absent', () => {
    expect(buildReport(aReportInput())).to.deep.equal({
      schemaVersion: 1,
      command: 'migrate',
      account: null,
      runId: 'run-1',
      dryRun: false,
      saveData: 'off',
      fallback: 'none',
      declined: false,
      startedAt: '2026-11-24T12:00:00.000Z',
      finishedAt: '2026-11-24T12:00:01.234Z',
      durationMs: 1234,
      listComplete: true,
      jobsAvailable: true,
      warnings: [],
      requests: { get: 0, post: 0, retries: 0 },
      summary: emptyCounts,
      instances: [],
      reclaimNotices: [],
      stuck: [],
      notFound: [],
      ambiguous: [],
      settled: [],
      error: null,
      deliveries: [],
      exitCode: 0,
      exitReason: 'ok',
    });
  });

  const passedOn: readonly Partial<ReportInput>[] = [
    { command: null },
    { command: 'check' },
    { account: 'team-a' },
    { requests: { get: 3, post: 2, retries: 1 } },
    { deliveries: [{ channel: 'ping', delivered: false, attempts: 1, notices: null, error: 'HTTP 500' }] },
    { runId: 'run-2' },
    { dryRun: true },
    { saveData: 'try' },
    { saveData: null },
    { listComplete: false },
    { jobsAvailable: false },
    { warnings: ['careful', 'and again'] },
    { summary: summarize([aResult()], { notFound: 2, ambiguous: 1 }) },
    { notFound: ['i-8', 'i-9'] },
  ];
  for (const changes of passedOn) {
    it(`passes on ${JSON.stringify(changes)}`, () => {
      const plain = buildReport(aReportInput());
      expect(buildReport(aReportInput(changes))).to.deep.equal({ ...plain, ...changes });
    });
  }

  it('tells of earlier migrations with their times', () => {
    const settled = { instanceId: 'i-1', jobId: 'job-1', state: 'failed', error: 'full' } as const;
    expect(buildReport(aReportInput({ settled: [{ ...settled, requestedAt: now }] })).settled).to.deep.equal([
      { ...settled, requestedAt: '2026-11-24T12:00:00.000Z' },
    ]);
  });

  it('names the instances that an ambiguous name may mean by their ids', () => {
    const candidates = [anInstance({ id: 'i-2' }), anInstance({ id: 'i-1' })];
    expect(
      buildReport(aReportInput({ ambiguous: [{ target: 'training', candidates }] })).ambiguous,
    ).to.deep.equal([{ target: 'training', candidates: ['i-2', 'i-1'] }]);
  });

  it('says what stopped the run, and why', () => {
    const failure = failureOf('auth_refused', { detail: 'HTTP 401', status: 401 });
    const { code, category, message, cause, host, status, nextStep, retryable } = failure;
    const { error } = buildReport(aReportInput({ failure }));
    expect(error).to.deep.equal({ code, category, message, cause, host, status, nextStep, retryable });
  });

  for (const exitReason of Object.keys(exitCodes) as ExitReason[]) {
    const name = exitReasonName(exitReason);
    it(`ends with ${exitCodes[exitReason]}, ${name}, for ${exitReason}`, () => {
      expect(buildReport(aReportInput({ exitReason }))).to.include({
        exitCode: exitCodes[exitReason],
        exitReason: name,
      });
    });
  }

  it('survives JSON unchanged', () => {
    const report = buildReport(aReportInput({ results: [aResult()], failure: failureOf('server_error') }));
    expect(JSON.parse(JSON.stringify(report))).to.deep.equal(report);
  });
});
