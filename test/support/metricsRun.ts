import { buildReport } from '../../src/core/report.js';
import type { ReportInput } from '../../src/core/report.js';
import type { MetricsInput } from '../../src/report/metrics/samples.js';
import { aReportInput, aResult } from './builders.js';

/** What the metrics of a run are made from: one instance that was migrated. */
export function aMetricsInput(
  changes: Partial<MetricsInput> = {},
  report: Partial<ReportInput> = {},
): MetricsInput {
  return {
    report: buildReport(aReportInput(report)),
    results: [aResult()],
    wholeAccount: true,
    version: '1.2.3',
    intervalMinutes: 15,
    jobTimeoutMs: 600_000,
    lastSuccessAtMs: null,
    ...changes,
  };
}
