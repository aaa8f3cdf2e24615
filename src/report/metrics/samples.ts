import { type SkipReason, skipReasons } from '../../core/eligibility.js';
import { type Outcome, outcomes } from '../../core/outcome.js';
import { outagesOf } from '../../core/outages.js';
import type { Report, ReportedSettled } from '../../core/report.js';
import type { InstanceResult, Summary } from '../../core/summary.js';
import type { MetricName } from './definitions.js';

export interface MetricsInput {
  readonly report: Report;
  /** Of every instance that the run considered; null when the list could not be read. */
  readonly results: readonly InstanceResult[] | null;
  /** False when the run considered only instances that were named, or those of a plan, which says nothing of the others. */
  readonly wholeAccount: boolean;
  readonly version: string;
  readonly intervalMinutes: number;
  readonly jobTimeoutMs: number;
  /** When the last run that exited with 0 ended, in unix ms; null when that is not known. */
  readonly lastSuccessAtMs: number | null;
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What each metric says, in the order of its labels. A metric without samples is left out. */
export type Samples = Readonly<Partial<Record<MetricName, readonly Sample[]>>>;

/** The states that the provider documents. */
const statuses = [
  'toCreate',
  'creating',
  'pulling',
  'running',
  'toStart',
  'starting',
  'toStop',
  'stopping',
  'exited',
  'toRestart',
  'restarting',
  'toRemove',
  'removing',
  'removed',
  'toReset',
  'resetting',
  'migrating',
  'freezing',
] as const;
const otherStatus = 'other';

/** The numbers of a run for its metrics. */
export function samplesOf(input: MetricsInput): Samples {
  const { report, results } = input;
  const { summary, requests } = report;
  return {
    novita_spot_build_info: [{ labels: { version: input.version }, value: 1 }],
    novita_spot_interval_seconds: one(input.intervalMinutes * 60),
    novita_spot_job_timeout_seconds: one(input.jobTimeoutMs / 1000),
    novita_spot_last_run_timestamp_seconds: one(Date.parse(report.finishedAt) / 1000),
    ...(input.lastSuccessAtMs === null
      ? {}
      : { novita_spot_last_success_timestamp_seconds: one(input.lastSuccessAtMs / 1000) }),
    novita_spot_last_run_duration_seconds: one(report.durationMs / 1000),
    novita_spot_last_run_exit_code: one(report.exitCode),
    novita_spot_last_run_list_complete: one(Number(report.listComplete)),
    novita_spot_last_run_jobs_available: one(Number(report.jobsAvailable)),
    novita_spot_last_run_requests: [
      { labels: { method: 'GET' }, value: requests.get },
      { labels: { method: 'POST' }, value: requests.post },
    ],
    novita_spot_last_run_request_retries: one(requests.retries),
    ...(results === null
      ? {}
      : {
          novita_spot_last_run_instances: countsOf(summary),
          ...samplesOfRun(results),
          novita_spot_last_run_settled: countBy<ReportedSettled['state']>(
            'state',
            ['succeeded', 'failed'],
            report.settled.map(({ state }) => state),
          ),
        }),
    ...(results === null || !input.wholeAccount
      ? {}
      : {
          ...samplesOfAccount(results, Date.parse(report.finishedAt) / 1000),
          ...nextReclaimOf(report),
          novita_spot_stuck_migrations: one(report.stuck.length),
        }),
  };
}

function samplesOfRun(results: readonly InstanceResult[]): Samples {
  const exited = results.filter(({ decision }) => decision.instance.status === 'exited');
  return {
    novita_spot_last_run_migrations: countBy<Outcome>(
      'outcome',
      outcomes,
      results.map(({ outcome }) => outcome),
    ),
    novita_spot_last_run_skips: countBy<SkipReason | 'reclaimed'>(
      'reason',
      skipReasons,
      exited.map(({ decision }) => decision.reason),
    ),
  };
}

function samplesOfAccount(results: readonly InstanceResult[], nowSeconds: number): Samples {
  const { down, longestSeconds, reclaimNotices } = outagesOf(results, nowSeconds);
  const known = new Set<string>(statuses);
  return {
    novita_spot_instances: countBy<string>(
      'status',
      [...statuses, otherStatus],
      results.map(({ decision: { instance } }) =>
        known.has(instance.status) ? instance.status : otherStatus,
      ),
    ),
    novita_spot_reclaim_notices: one(reclaimNotices),
    novita_spot_reclaimed_instances_down: one(down),
    novita_spot_longest_outage_seconds: one(Math.round(longestSeconds)),
  };
}

function nextReclaimOf({ reclaimNotices }: Report): Samples {
  const reclaimAt = reclaimNotices[0]?.reclaimAt ?? null;
  return reclaimAt === null
    ? {}
    : { novita_spot_next_reclaim_timestamp_seconds: one(Date.parse(reclaimAt) / 1000) };
}

/** The names of the counts in the form of the other labels: not_started, not notStarted. */
function countsOf(summary: Summary): readonly Sample[] {
  return Object.entries(summary as unknown as Record<string, number>).map(([name, value]) => ({
    labels: { count: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) },
    value,
  }));
}

function one(value: number): readonly Sample[] {
  return [{ labels: {}, value }];
}

function countBy<Value extends string>(
  label: string,
  values: readonly Value[],
  found: readonly (Value | null)[],
): readonly Sample[] {
  return values.map((value) => ({
    labels: { [label]: value },
    value: found.filter((each) => each === value).length,
  }));
}
