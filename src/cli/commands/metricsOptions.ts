import { Option } from 'commander';

/** The options of the commands that can tell a monitoring system what they found. */
export function metricsOptions(): readonly Option[] {
  return [
    new Option('--metrics-file <path>', 'write metrics for node_exporter (MIGRATION_METRICS_FILE)'),
    new Option('--pushgateway-url <url>', 'push metrics to a Pushgateway (MIGRATION_PUSHGATEWAY_URL)'),
  ];
}
