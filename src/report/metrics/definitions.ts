export interface MetricDefinition {
  readonly type: 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
}

function gauge(help: string, labels: readonly string[] = []): MetricDefinition {
  return { type: 'gauge', help, labels };
}

/**
 * Every metric. A run is too short to count anything over time, so all of them are gauges of the last run; those of
 * instances are left out when the list could not be read, so that nothing seems to be well that is not known, and those
 * of the account also when the run was for named instances only.
 * With an account, each has the label `account` as well. None has an instance for a label: there would be no end of them.
 */
export const metricDefinitions = {
  novita_spot_build_info: gauge('Always 1; the label is the version of novita-spot', ['version']),
  novita_spot_interval_seconds: gauge('How often runs are expected (MIGRATION_INTERVAL_MINUTES)'),
  novita_spot_job_timeout_seconds: gauge('How long a run may take (MIGRATION_JOB_TIMEOUT_MS)'),
  novita_spot_last_run_timestamp_seconds: gauge('When the last run ended, in unix time'),
  novita_spot_last_success_timestamp_seconds: gauge(
    'When the last run that exited with 0 ended, in unix time; absent until there was one',
  ),
  novita_spot_last_run_duration_seconds: gauge('How long the last run took'),
  novita_spot_last_run_exit_code: gauge('Exit code of the last run'),
  novita_spot_last_run_list_complete: gauge('1 when the last run read every instance, else 0'),
  novita_spot_last_run_jobs_available: gauge(
    '1 when the last run could read the job list as far as it had to, else 0',
  ),
  novita_spot_last_run_requests: gauge('Requests that the last run sent to the API', ['method']),
  novita_spot_last_run_request_retries: gauge(
    'Requests of the last run that were sent again after a failure',
  ),
  novita_spot_last_run_instances: gauge('The counts of the summary of the last run', ['count']),
  novita_spot_last_run_migrations: gauge('Eligible instances of the last run by what became of them', [
    'outcome',
  ]),
  novita_spot_last_run_settled: gauge(
    'Migrations of earlier runs of which the last run told that they had ended since, by how',
    ['state'],
  ),
  novita_spot_last_run_skips: gauge('Exited instances that the last run left alone, by reason', ['reason']),
  novita_spot_instances: gauge('Instances of the account by state; "other" for a state that is not known', [
    'status',
  ]),
  novita_spot_reclaim_notices: gauge('Running instances that the provider has announced to reclaim'),
  novita_spot_next_reclaim_timestamp_seconds: gauge(
    'When the first of these will be reclaimed, in unix time; absent without one, or when the provider does not say',
  ),
  novita_spot_stuck_migrations: gauge(
    'Migrations that have been under way for longer than MIGRATION_STUCK_MINUTES',
  ),
  novita_spot_reclaimed_instances_down: gauge(
    'Instances that were reclaimed and do not run again, whether or not they are being migrated',
  ),
  novita_spot_longest_outage_seconds: gauge(
    'How long the longest of the reclaimed instances that are down has been down; 0 when there is none',
  ),
  novita_spot_reclaim_to_running_seconds: {
    type: 'histogram',
    help: 'From reclaim to running, of the instances that came back within the last 24 hours; a snapshot, so without rate()',
    labels: [],
  },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metricDefinitions;

/** Upper bounds of the histogram, in seconds. */
export const recoveryBuckets: readonly number[] = [
  60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400,
];
