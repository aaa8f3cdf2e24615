import { expect } from 'chai';
import { reclaimNoticesOf } from '../../../src/core/reclaimNotice.js';
import { emptySummary } from '../../../src/core/summary.js';
import type { MetricName } from '../../../src/report/metrics/definitions.js';
import { type MetricsInput, samplesOf } from '../../../src/report/metrics/samples.js';
import { aDecision, aResult, now } from '../../support/builders.js';
import { aMetricsInput } from '../../support/metricsRun.js';

function valueOf(input: MetricsInput, name: MetricName, label?: string): number | undefined {
  const samples = samplesOf(input)[name] ?? [];
  return samples.find(({ labels }) => label === undefined || Object.values(labels).includes(label))?.value;
}

const oneOf = (instance: Parameters<typeof aDecision>[0], outcome: 'migrated' | 'failed' | null = null) =>
  aResult({ decision: aDecision(instance), outcome });

describe('samplesOf', () => {
  const summary = { ...emptySummary, total: 3, notStarted: 2 };
  const requests = { get: 7, post: 2, retries: 3 };
  const run = aMetricsInput(
    { lastSuccessAtMs: now * 1000 + 500 },
    { summary, requests, exitReason: 'partial' },
  );
  const table: readonly (readonly [MetricName, string | undefined, number])[] = [
    ['novita_spot_build_info', '1.2.3', 1],
    ['novita_spot_interval_seconds', undefined, 900],
    ['novita_spot_job_timeout_seconds', undefined, 600],
    ['novita_spot_last_run_timestamp_seconds', undefined, now + 1.234],
    ['novita_spot_last_success_timestamp_seconds', undefined, now + 0.5],
    ['novita_spot_last_run_duration_seconds', undefined, 1.234],
    ['novita_spot_last_run_exit_code', undefined, 20],
    ['novita_spot_last_run_list_complete', undefined, 1],
    ['novita_spot_last_run_jobs_available', undefined, 1],
    ['novita_spot_last_run_requests', 'GET', 7],
    ['novita_spot_last_run_requests', 'POST', 2],
    ['novita_spot_last_run_request_retries', undefined, 3],
    ['novita_spot_last_run_instances', 'total', 3],
    ['novita_spot_last_run_instances', 'not_started', 2],
    ['novita_spot_last_run_migrations', 'migrated', 1],
    ['novita_spot_last_run_migrations', 'failed', 0],
    ['novita_spot_instances', 'exited', 1],
    ['novita_spot_instances', 'running', 0],
    ['novita_spot_reclaimed_instances_down', undefined, 1],
    ['novita_spot_longest_outage_seconds', undefined, 1801],
    ['novita_spot_reclaim_notices', undefined, 0],
  ];
  for (const [name, label, value] of table) {
    it(`${name}${label === undefined ? '' : ` of ${label}`} is ${value}`, () =>
      expect(valueOf(run, name, label)).to.equal(value));
  }

  it('says when the first instance will be reclaimed, where that is known', () => {
    const name = 'novita_spot_next_reclaim_timestamp_seconds';
    const noticedAt = (...times: readonly string[]) => ({
      reclaimNotices: reclaimNoticesOf(
        times.map((spotReclaimTime) =>
          aDecision({ status: 'running', spotStatus: 'notified', spotReclaimTime }),
        ),
        now,
      ),
    });
    const valueAt = (...times: readonly string[]) => valueOf(aMetricsInput({}, noticedAt(...times)), name);
    expect(valueAt(String(now + 900), String(now + 600))).to.equal(now + 600);
    expect(valueAt('0')).to.equal(undefined);
    expect(valueAt()).to.equal(undefined);
  });

  it('says 0 where a list or the jobs could not be read', () => {
    const poor = aMetricsInput({}, { listComplete: false, jobsAvailable: false });
    expect(valueOf(poor, 'novita_spot_last_run_list_complete')).to.equal(0);
    expect(valueOf(poor, 'novita_spot_last_run_jobs_available')).to.equal(0);
  });

  it('folds states that are not known into "other", whatever they are called', () => {
    const statuses = ['running', 'hibernating', '', 'Exited', 'toString', 'other', '"}\n'];
    const results = statuses.map((status) => oneOf({ status }));
    const input = aMetricsInput({ results });
    expect(valueOf(input, 'novita_spot_instances', 'other')).to.equal(6);
    expect(valueOf(input, 'novita_spot_instances', 'running')).to.equal(1);
    const labels = (samplesOf(input).novita_spot_instances ?? []).map((sample) => sample.labels['status']);
    expect(labels).to.have.length(19).and.not.include('hibernating');
  });

  it('counts as skips what is exited and left alone', () => {
    const results = [oneOf({ spotReclaimTime: '0' }), oneOf({ status: 'running' }), oneOf({}, 'migrated')];
    const skips = samplesOf(aMetricsInput({ results })).novita_spot_last_run_skips ?? [];
    expect(skips.filter(({ value }) => value > 0)).to.deep.equal([
      { labels: { reason: 'not_reclaimed' }, value: 1 },
    ]);
  });

  const always = [
    'novita_spot_build_info',
    'novita_spot_interval_seconds',
    'novita_spot_job_timeout_seconds',
    'novita_spot_last_run_timestamp_seconds',
    'novita_spot_last_run_duration_seconds',
    'novita_spot_last_run_exit_code',
    'novita_spot_last_run_list_complete',
    'novita_spot_last_run_jobs_available',
    'novita_spot_last_run_requests',
    'novita_spot_last_run_request_retries',
  ];

  it('says nothing of instances when the list could not be read', () => {
    expect(Object.keys(samplesOf(aMetricsInput({ results: null })))).to.have.members(always);
  });

  it('says nothing of the account when only some instances were looked at', () => {
    expect(Object.keys(samplesOf(aMetricsInput({ wholeAccount: false })))).to.have.members([
      ...always,
      'novita_spot_last_run_instances',
      'novita_spot_last_run_migrations',
      'novita_spot_last_run_settled',
      'novita_spot_last_run_skips',
    ]);
  });
});
