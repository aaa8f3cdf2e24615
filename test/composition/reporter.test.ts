import { expect } from 'chai';
import { createReporter } from '../../src/composition/reporter.js';
import { noState } from '../../src/composition/runState.js';
import { noticeTypes } from '../../src/core/notice.js';
import { buildReport } from '../../src/core/report.js';
import { aReportInput, aResult } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { fakeClock } from '../support/fakeClock.js';

describe('createReporter', () => {
  it('keeps a bug in one delivery from the others and from the run', async () => {
    const { log, lines } = captureLog();
    const reporter = createReporter({
      reporting: {
        metricsFile: '/dev/null/metrics.prom',
        pushgatewayUrl: null,
        pingUrl: null,
        webhook: { url: 'http://127.0.0.1:9/', secret: null, format: 'json' },
        notifyOn: noticeTypes,
      },
      runId: 'run-1',
      clock: fakeClock(0),
      log,
      giveUp: new AbortController().signal,
      version: '1.2.3',
      intervalMinutes: 15,
      jobTimeoutMs: 600_000,
      readTextFile: () => '',
    });
    const state = {
      ...noState,
      get noticeMemory(): never {
        throw new Error('a bug');
      },
    };
    const report = buildReport(aReportInput());
    const run = { report, results: [aResult()], wholeAccount: true, failure: null, state };
    const deliveries = await reporter.ended(run);
    expect(deliveries.map(({ channel, delivered }) => ({ channel, delivered }))).to.deep.equal([
      { channel: 'metrics_file', delivered: false },
    ]);
    expect(lines.map(({ event }) => event)).to.deep.equal(['bug', 'delivery_failed']);
  });
});
