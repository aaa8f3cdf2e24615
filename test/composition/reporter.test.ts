import { expect } from 'chai';
import { fakeSystem } from './fakeSystem.js';
import { createReporter } from '../../src/composition/reporter.js';
import { nothingToldYet } from '../../src/composition/keptMemory.js';
import { noState } from '../../src/composition/runState.js';
import { failureOf } from '../../src/core/failure.js';
import { noticeTypes } from '../../src/core/notice.js';
import { buildReport } from '../../src/core/report.js';
import { createScrubber } from '../../src/runtime/secrets.js';
import { aReportInput, aResult } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { fakeClock } from '../support/fakeClock.js';
import { startReceiver } from '../support/receiver.js';

function aRun() {
  return {
    runId: 'run-1',
    clock: fakeClock(0),
    scrub: (text: string) => text,
    giveUp: new AbortController().signal,
    version: '1.2.3',
    intervalMinutes: 15,
    jobTimeoutMs: 600_000,
    readTextFile: () => '',
    account: null,
    startedAtMs: 0,
    system: fakeSystem(),
    stopping: new AbortController().signal,
  };
}

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
        onNotice: null,
      },
      ...aRun(),
      log,
    });
    const state = {
      ...noState,
      get webhookMemory(): never {
        throw new Error('a bug');
      },
    };
    const report = buildReport(aReportInput());
    const run = { report, results: [aResult()], stuck: [], wholeAccount: true, failure: null, state };
    const deliveries = await reporter.ended(run);
    expect(deliveries.map(({ channel, delivered }) => ({ channel, delivered }))).to.deep.equal([
      { channel: 'metrics_file', delivered: false },
    ]);
    expect(lines.map(({ event }) => event)).to.deep.equal(['bug', 'delivery_failed']);
  });

  it('takes secrets out of what it sends', async () => {
    const receiver = await startReceiver();
    const { log } = captureLog();
    const failure = failureOf('internal_error', { detail: 'nobody expected CanaryKey"1' });
    const reporter = createReporter({
      reporting: {
        metricsFile: null,
        pushgatewayUrl: null,
        pingUrl: `${receiver.url}/ping`,
        webhook: { url: `${receiver.url}/hook`, secret: 'signing', format: 'json' },
        notifyOn: noticeTypes,
        onNotice: null,
      },
      ...aRun(),
      log,
      scrub: createScrubber(['CanaryKey"1']),
    });
    const report = buildReport(aReportInput({ failure, exitReason: 'internal' }));
    const deliveries = await reporter.ended({
      report,
      results: null,
      wholeAccount: true,
      stuck: [],
      failure,
      state: {
        ...noState,
        webhookMemory: nothingToldYet,
      },
    });
    await receiver.close();
    expect(deliveries.map(({ delivered }) => delivered)).to.deep.equal([true, true]);
    expect(receiver.received).to.have.length(2);
    for (const { body } of receiver.received) {
      expect(body).to.include('nobody expected [redacted]').and.not.include('Canary');
    }
  });
});
