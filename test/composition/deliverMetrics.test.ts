import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  type MeasuredRun,
  type MetricsContext,
  pushMetrics,
  writeMetricsFile,
} from '../../src/composition/deliverMetrics.js';
import { buildReport, type ReportInput } from '../../src/core/report.js';
import type { OutgoingRequest, SendResult } from '../../src/report/sendHttp.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { aReportInput, aResult, now } from '../support/builders.js';
import { fakeClock } from '../support/fakeClock.js';
import { readSeries } from '../support/metricsText.js';

const lastSuccess = 'novita_spot_last_success_timestamp_seconds';
const context: MetricsContext = {
  version: '1.2.3',
  intervalMinutes: 15,
  jobTimeoutMs: 600_000,
  readTextFile: (path) => readFileSync(path, 'utf8'),
};

function aRun(report: Partial<ReportInput> = {}, lastSuccessAtMs: number | null = null): MeasuredRun {
  return {
    report: buildReport(aReportInput(report)),
    results: [aResult()],
    wholeAccount: true,
    state: { lastSuccessAtMs },
  };
}

const failed: Partial<ReportInput> = { exitReason: 'unavailable' };

describe('writeMetricsFile', () => {
  const at = useTemporaryFolder();
  const seriesIn = (path: string) => readSeries(readFileSync(path, 'utf8'));

  it('writes a file that anybody may read, and nothing else', async () => {
    expect(await writeMetricsFile(at('spot.prom'), aRun(), context)).to.deep.equal({
      channel: 'metrics_file',
      delivered: true,
      attempts: 1,
      notices: null,
      error: null,
    });
    expect(statSync(at('spot.prom')).mode & 0o777).to.equal(0o644);
    expect(readdirSync(at())).to.deep.equal(['spot.prom']);
    expect(seriesIn(at('spot.prom')).get('novita_spot_last_run_exit_code')).to.equal(0);
  });

  it('does not wait for a pipe that nobody writes to', async () => {
    spawnSync('mkfifo', [at('spot.prom')]);
    const readTextFile = (): never => expect.fail('It would never end.');
    const { delivered, error } = await writeMetricsFile(at('spot.prom'), aRun(), {
      ...context,
      readTextFile,
    });
    expect(delivered).to.equal(false);
    expect(error).to.include('is not a plain file');
  });

  const finished = now + 1.234;
  const table: readonly (readonly [string, number | null, number | null, number | undefined])[] = [
    ['of the journal', now * 1000 - 5000, null, now - 5],
    ['of the file before, without a journal', null, now - 9, now - 9],
    ['of the file before, when the journal is behind', now * 1000 - 5000, now - 1, now - 1],
    ['of the journal, when the file is behind', now * 1000 - 5000, now - 9, now - 5],
    ['none, when neither knows of one', null, null, undefined],
    ['none that is yet to come', null, finished + 1, undefined],
    ['the journal, when that of the file is yet to come', now * 1000 - 5000, finished + 1, now - 5],
  ];
  for (const [title, journal, file, expected] of table) {
    it(`after a failure tells of the last success ${title}`, async () => {
      if (file !== null) writeFileSync(at('spot.prom'), `${lastSuccess} ${file}\n`);
      await writeMetricsFile(at('spot.prom'), aRun(failed, journal), context);
      expect(seriesIn(at('spot.prom')).get(lastSuccess)).to.equal(expected);
    });
  }

  it('takes a success for the last one', async () => {
    writeFileSync(at('spot.prom'), `${lastSuccess} ${now - 9}\n`);
    await writeMetricsFile(at('spot.prom'), aRun({}, now * 1000 - 5000), context);
    expect(seriesIn(at('spot.prom')).get(lastSuccess)).to.equal(finished);
  });

  it('does not take over the success of another account', async () => {
    await writeMetricsFile(at('spot.prom'), aRun({ account: 'b' }), context);
    await writeMetricsFile(at('spot.prom'), aRun({ ...failed, account: 'a' }), context);
    expect(readFileSync(at('spot.prom'), 'utf8')).not.to.include(`${lastSuccess}{`);
  });

  it('says what keeps it from writing, and throws nothing', async () => {
    const missing = await writeMetricsFile(at('no', 'spot.prom'), aRun(), context);
    expect(missing).to.include({
      delivered: false,
      error: `${at('no', 'spot.prom')} cannot be used (ENOENT)`,
    });
    mkdirSync(at('folder.prom'));
    const folder = await writeMetricsFile(at('folder.prom'), aRun(), context);
    expect(folder).to.include({ delivered: false, error: `${at('folder.prom')} is a folder` });
    expect(readdirSync(at())).to.deep.equal(['folder.prom']);
  });
});

describe('pushMetrics', () => {
  const url = 'https://user:pass%20word@gateway.test/prefix';

  async function push(run: MeasuredRun, answers: readonly SendResult[], to = url) {
    const sent: OutgoingRequest[] = [];
    const send = (request: OutgoingRequest): Promise<SendResult> => {
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (!answer) throw new Error('no answer');
      return Promise.resolve(answer);
    };
    const clock = fakeClock(now * 1000);
    const giveUp = new AbortController().signal;
    const delivery = await pushMetrics(to, run, { ...context, clock, giveUp, send });
    return { delivery, sent, waits: clock.waits };
  }
  const accepted: SendResult = { error: null, retryable: false, retryAfter: undefined };

  const targets: readonly (readonly [string | null, string, string])[] = [
    [null, 'http://gateway.test:9091', 'http://gateway.test:9091/metrics/job/novita-spot'],
    [
      'team-a',
      'http://gateway.test:9091/',
      'http://gateway.test:9091/metrics/job/novita-spot/account/team-a',
    ],
    ['team-a', url, `${url}/metrics/job/novita-spot/account/team-a`],
    ['odd?name', url, `${url}/metrics/job/novita-spot/account/odd%3Fname`],
  ];
  for (const [account, to, expected] of targets) {
    it(`adds to the group of ${account ?? 'an account without a name'} at ${new URL(to).host}`, async () => {
      const { delivery, sent } = await push(aRun({ account }), [accepted], to);
      expect(delivery).to.deep.equal({
        channel: 'pushgateway',
        delivered: true,
        attempts: 1,
        notices: null,
        error: null,
      });
      expect(sent.map(({ method, url: asked }) => [method, asked])).to.deep.equal([['POST', expected]]);
    });
  }

  it('leaves the last success to the gateway when it does not know one', async () => {
    const { sent } = await push(aRun(failed), [accepted]);
    expect(sent[0]?.body).to.include('novita_spot_last_run_exit_code 69').and.not.include(lastSuccess);
    const known = await push(aRun(failed, now * 1000), [accepted]);
    expect(known.sent[0]?.body).to.include(`${lastSuccess} ${now}\n`);
  });

  it('tries again within 5 s, and then says why it failed', async () => {
    const busy: SendResult = { error: 'HTTP 503', retryable: true, retryAfter: undefined };
    const { delivery, waits } = await push(aRun(), [busy]);
    expect(delivery).to.include({ delivered: false, attempts: 4, error: 'HTTP 503' });
    expect(waits).to.deep.equal([500, 1000, 2000]);
  });

  it('does not push again what the gateway refuses', async () => {
    const refused: SendResult = { error: 'HTTP 400', retryable: false, retryAfter: undefined };
    const { delivery } = await push(aRun(), [refused]);
    expect(delivery).to.include({ delivered: false, attempts: 1, error: 'HTTP 400' });
  });

  it('throws nothing when there is nothing to push', async () => {
    const broken = { ...aRun(), report: { ...aRun().report, finishedAt: 'never', durationMs: NaN } };
    const { delivery } = await push({ ...broken, report: { ...broken.report, summary: null as never } }, [
      accepted,
    ]);
    expect(delivery).to.include({ delivered: false, attempts: 0 });
  });
});
