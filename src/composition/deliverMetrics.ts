import type { Clock } from '../core/clock.js';
import type { Delivery } from '../core/delivery.js';
import type { Report } from '../core/report.js';
import type { InstanceResult } from '../core/summary.js';
import { readLastSuccess, renderMetrics } from '../report/metrics/render.js';
import { deliverInTime } from '../report/deliverInTime.js';
import type { sendHttp } from '../report/sendHttp.js';
import { checkReplaceable, writeFileAtomically } from '../runtime/atomicFile.js';

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
  /** False when the run considered only instances that were named, or those of a plan. */
  readonly wholeAccount: boolean;
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
    checkReplaceable(path);
    // The run before may have left no journal, as in a container, or one that could not be written.
    const lastSuccessAtMs = lastSuccess(run, readEarlier(path, run, context));
    writeFileAtomically(path, await renderMetrics({ ...context, ...run, lastSuccessAtMs }), 0o644);
    return { ...delivery, delivered: true, error: null };
  } catch (error) {
    return { ...delivery, delivered: false, error: messageOf(error) };
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
  let body: string;
  try {
    body = await renderMetrics({ ...options, ...run, lastSuccessAtMs: lastSuccess(run) });
  } catch (error) {
    return { channel: 'pushgateway', delivered: false, attempts: 0, notices: null, error: messageOf(error) };
  }
  const sent = await deliverInTime(
    {
      method: 'POST',
      url: `${url.replace(/\/+$/, '')}/metrics/job/${jobName}${group}`,
      headers: { 'content-type': 'text/plain; version=0.0.4' },
      body,
    },
    { ...options, limitMs: pushLimitMs, signal: options.giveUp },
  );
  return { channel: 'pushgateway', ...sent, notices: null };
}

/** The newest that is known of. One that is yet to come was told by a clock that was wrong, and would hide failures. */
function lastSuccess({ report, state }: MeasuredRun, earlier: number | null = null): number | null {
  const finishedAtMs = Date.parse(report.finishedAt);
  if (report.exitCode === 0) return finishedAtMs;
  const known = [state.lastSuccessAtMs, earlier].flatMap((at) =>
    at !== null && at <= finishedAtMs ? [at] : [],
  );
  return known.length === 0 ? null : Math.max(...known);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown error';
}

function readEarlier(path: string, { report }: MeasuredRun, { readTextFile }: MetricsContext): number | null {
  try {
    return readLastSuccess(readTextFile(path), report.account);
  } catch {
    return null;
  }
}
