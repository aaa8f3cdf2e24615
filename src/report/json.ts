import type { AccountsReport } from '../core/accountsReport.js';
import type { Report } from '../core/report.js';

/** The report as one JSON document. Ends with a line feed. */
export function renderJson(report: Report | AccountsReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
