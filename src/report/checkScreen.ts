import type { Report, ReportedInstance } from '../core/report.js';
import { type TableOptions, verdictColumn } from './columnsOfInstances.js';
import { nothingExited, screen } from './screen.js';

/** The screen of `check`: of every exited instance the verdict, why, and the fields that were looked at. */
export function renderCheck(report: Report, options: TableOptions): string {
  return screen(
    report,
    report.instances.map((instance) => explanationOf(instance, options)).join('\n'),
    nothingExited,
  );
}

function explanationOf(instance: ReportedInstance, options: TableOptions): string {
  const { id, name, rule, explanation, evidence } = instance;
  const fields = Object.entries(evidence).map(
    ([field, value]) => `${field} ${value === '' ? '""' : String(value)}`,
  );
  const [, verdictOf] = verdictColumn;
  return [
    `${options.paint('bold', name === '' ? id : name)} (${id})  ${verdictOf(instance, options)}\n`,
    `  why        ${explanation}\n`,
    `  looked at  ${fields.join(', ')} (row ${rule} of the decision table)\n`,
  ].join('');
}
