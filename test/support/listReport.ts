import type { Instance } from '../../src/core/instance.js';
import { buildReport, type Report } from '../../src/core/report.js';
import { summarize } from '../../src/core/summary.js';
import { type ListOptions, renderList } from '../../src/report/listScreen.js';
import { plain } from '../../src/report/style.js';
import { aDecision, aReportInput, aResult, now } from './builders.js';

/** The report of `list` over these instances. */
export function aListReport(instances: readonly Partial<Instance>[]): Report {
  const results = instances.map((changes) => aResult({ decision: aDecision(changes), outcome: null }));
  return buildReport(aReportInput({ command: 'list', results, summary: summarize(results) }));
}

/** The screen of a list, in full and without colour unless said otherwise. */
export function listScreenOf(report: Report, options: Partial<ListOptions> = {}): string {
  return renderList(report, {
    paint: plain,
    nowMs: now * 1000,
    width: null,
    withTimes: false,
    withHint: true,
    mostRows: null,
    filter: '',
    all: report.instances,
    ...options,
  });
}
