import { expect } from 'chai';
import { reclaimNoticesOf } from '../../../src/core/reclaimNotice.js';
import { metricDefinitions } from '../../../src/report/metrics/definitions.js';
import { readLastSuccess, renderMetrics } from '../../../src/report/metrics/render.js';
import { aDecision, aResult, now } from '../../support/builders.js';
import { metricNamesIn, readSeries } from '../../support/metricsText.js';
import { aMetricsInput } from '../../support/metricsRun.js';

const aNotice = {
  reclaimNotices: reclaimNoticesOf(
    [aDecision({ status: 'running', spotStatus: 'notified', spotReclaimTime: String(now + 600) })],
    now,
  ),
};
const histogram = 'novita_spot_reclaim_to_running_seconds';

describe('renderMetrics', () => {
  it('writes every metric, each with its help and type', async () => {
    const text = await renderMetrics(aMetricsInput({ lastSuccessAtMs: now * 1000 }, aNotice));
    expect(metricNamesIn(text)).to.have.members(Object.keys(metricDefinitions));
    for (const [name, { help, type }] of Object.entries(metricDefinitions))
      expect(text).to.include(`# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name}`);
    expect(text.endsWith('\n')).to.be.true;
  });

  it('puts the account on every series, and on none without one', async () => {
    const named = readSeries(await renderMetrics(aMetricsInput({}, { account: 'team-a' })));
    expect([...named.keys()].every((key) => key.includes('account="team-a"'))).to.be.true;
    const unnamed = readSeries(await renderMetrics(aMetricsInput()));
    expect(unnamed.size).to.equal(named.size);
    expect([...unnamed.keys()].some((key) => key.includes('account'))).to.be.false;
  });

  it('escapes label values', async () => {
    const text = await renderMetrics(aMetricsInput({ version: '1"2\\3\n4' }, { account: 'a"b\\c\nd' }));
    expect(text).to.include('version="1\\"2\\\\3\\n4"').and.include('account="a\\"b\\\\c\\nd"');
    expect(() => readSeries(text)).not.to.throw();
  });

  it('makes a histogram of how long it took to come back', async () => {
    const back = (seconds: number) =>
      aResult({
        decision: aDecision({
          status: 'running',
          spotReclaimTime: String(now - 100_000),
          lastStartedAt: now - 100_000 + seconds,
        }),
        outcome: null,
      });
    const results = [back(86_400), back(86_401), back(60_000)];
    const series = readSeries(await renderMetrics(aMetricsInput({ results })));
    const of = (name: string): number | undefined => series.get(`${histogram}_${name}`);
    expect(of('bucket{le="43200"}')).to.equal(0);
    expect(of('bucket{le="86400"}')).to.equal(2);
    expect(of('bucket{le="+Inf"}')).to.equal(3);
    expect(of('count')).to.equal(3);
    expect(of('sum')).to.equal(86_400 + 86_401 + 60_000);
  });

  for (const [title, changes] of [
    ['the list could not be read', { results: null }],
    ['only some instances were looked at', { wholeAccount: false }],
  ] as const) {
    it(`has no histogram when ${title}`, async () =>
      expect(await renderMetrics(aMetricsInput(changes))).not.to.include(histogram));
  }

  it('keeps runs apart', async () => {
    const first = await renderMetrics(aMetricsInput());
    expect(await renderMetrics(aMetricsInput())).to.equal(first);
  });
});

describe('readLastSuccess', () => {
  const name = 'novita_spot_last_success_timestamp_seconds';
  const table: readonly (readonly [string, string, string | null, number | null])[] = [
    ['without an account', `${name} 1795643723.939`, null, 1_795_643_723_939],
    ['with its account', `x 1\n${name}{account="a"} 1795643723\ny 2\n`, 'a', 1_795_643_723_000],
    ['of another account', `${name}{account="b"} 1795643723`, 'a', null],
    ['of an account, asked without one', `${name}{account="b"} 1795643723`, null, null],
    ['without an account, asked with one', `${name} 1795643723`, 'a', null],
    ['an empty text', '', null, null],
    ['the help alone', `# HELP ${name} 5\n# TYPE ${name} gauge\n`, null, null],
    ['what is no number', `${name} NaN`, null, null],
    ['a torn line', `${name} `, null, null],
  ];
  for (const [title, text, account, expected] of table) {
    it(title, () => expect(readLastSuccess(text, account)).to.equal(expected));
  }

  for (const account of [null, 'team-a']) {
    it(`reads what renderMetrics wrote, ${account ?? 'without an account'}`, async () => {
      const text = await renderMetrics(aMetricsInput({ lastSuccessAtMs: now * 1000 + 7 }, { account }));
      expect(readLastSuccess(text, account)).to.equal(now * 1000 + 7);
    });
  }
});
