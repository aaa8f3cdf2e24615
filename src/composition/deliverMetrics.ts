import type { Clock } from '../core/clock.js';
import type { Delivery } from '../core/delivery.js';
import type { Report } from '../core/report.js';
import type { InstanceResult } from '../core/summary.js';
import { readLastSuccess, renderMetrics } from '../report/metrics/render.js';
import { deliverInTime } from '../report/deliverInTime.js';
import type { sendHttp } from '../report/sendHttp.js';
import { writeFileAtomically } from '../runtime/atomicFile.js';

/** How long a push may take, in ms. */
const pushLimitMs = 5_000;
const jobName = 'novita-spot';

export interface MetricsContext {
  readonly version: string;
  readonly intervalMinutes: number;
  readonly jobTimeoutMs: number;
  readonly readTextFile: (path: string) => string;
}

export interface MeasuredRun {
  readonly report: Report;
  readonly results: readonly InstanceResult[] | null;
  readonly state: { readonly lastSuccessAtMs: number | null };
}

/** Writes the metrics of a run to a file that anybody may read, as node_exporter has to. Never throws. */
export async function writeMetricsFile(
  path: string,
  run: MeasuredRun,
  context: MetricsContext,
): Promise<Delivery> {
  const delivery = { channel: 'metrics_file', attempts: 1, notices: null } as const;
  try {
    // The run before may have left no journal, as in a container.
    const lastSuccessAtMs = lastSuccess(run) ?? readEarlier(path, context);
    writeFileAtomically(path, await renderMetrics({ ...context, ...run, lastSuccessAtMs }), 0o644);
    return { ...delivery, delivered: true, error: null };
  } catch (error) {
    return { ...delivery, delivered: false, error: error instanceof Error ? error.message : 'unknown error' };
  }
}

/**
 * Adds the metrics of a run to a Pushgateway, which keeps what is not pushed again, such as the last success after a
 * failure. Never throws.
 */
export async function pushMetrics(
  url: string,
  run: MeasuredRun,
  options: MetricsContext & {
    readonly clock: Clock;
    readonly giveUp: AbortSignal;
    readonly send: typeof sendHttp;
  },
): Promise<Delivery> {
  const { account } = run.report;
  const group = account === null ? '' : `/account/${encodeURIComponent(account)}`;
  const sent = await deliverInTime(
    {
      method: 'POST',
      url: `${url.replace(/\/+$/, '')}/metrics/job/${jobName}${group}`,
      headers: { 'content-type': 'text/plain; version=0.0.4' },
      body: await renderMetrics({ ...options, ...run, lastSuccessAtMs: lastSuccess(run) }),
    },
    { ...options, limitMs: pushLimitMs, signal: options.giveUp },
  );
  return { channel: 'pushgateway', ...sent, notices: null };
}

function lastSuccess({ report, state }: MeasuredRun): number | null {
  return report.exitCode === 0 ? Date.parse(report.finishedAt) : state.lastSuccessAtMs;
}

function readEarlier(path: string, { readTextFile }: MetricsContext): number | null {
  try {
    return readLastSuccess(readTextFile(path));
  } catch {
    return null;
  }
}
