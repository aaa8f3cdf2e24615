import { outagesOf } from '../../core/outages.js';
import { metricDefinitions, type MetricName, recoveryBuckets } from './definitions.js';
import { type MetricsInput, samplesOf } from './samples.js';

const histogramName = 'novita_spot_reclaim_to_running_seconds';

/** The metrics of a run in the text format of Prometheus. */
export async function renderMetrics(input: MetricsInput): Promise<string> {
  // Most runs have no metrics to write, and the library is not small.
  // It is CommonJS: in the bundle, unlike in node, only its default export can be relied on.
  const { default: promClient } = await import('prom-client');
  const { Gauge, Histogram, Registry } = promClient;
  const registry = new Registry();
  const { account, finishedAt } = input.report;
  if (account !== null) registry.setDefaultLabels({ account });

  const samples = samplesOf(input);
  for (const name of Object.keys(metricDefinitions) as MetricName[]) {
    const own = samples[name];
    if (own === undefined) continue;
    const { help, labels } = metricDefinitions[name];
    const gauge = new Gauge({ name, help, labelNames: [...labels], registers: [registry] });
    for (const sample of own) gauge.set(sample.labels, sample.value);
  }
  if (input.results !== null && input.wholeAccount) {
    const { help } = metricDefinitions[histogramName];
    const buckets = [...recoveryBuckets];
    const histogram = new Histogram({ name: histogramName, help, buckets, registers: [registry] });
    for (const seconds of outagesOf(input.results, Date.parse(finishedAt) / 1000).recoveries) {
      histogram.observe(seconds);
    }
  }
  return registry.metrics();
}

/**
 * Finds in metrics that were written before when the last success of an account was.
 *
 * @param account - null when it has no name
 * @returns unix ms; null when they do not say, or are those of another account
 */
export function readLastSuccess(text: string, account: string | null): number | null {
  const line = /^novita_spot_last_success_timestamp_seconds(?:\{account="([^"]*)"\})? ([\d.]+)$/m;
  const [, owner, seconds] = line.exec(text) ?? [];
  return seconds === undefined || (owner ?? null) !== account ? null : Math.round(Number(seconds) * 1000);
}
