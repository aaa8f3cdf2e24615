import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import type { TableOptions } from './columnsOfInstances.js';
import { fitColumns } from './fitColumns.js';
import { listColumns } from './listColumns.js';
import { countOf, countsOfStatuses, listFooter } from './listFooter.js';
import { dataSentence } from './dataAtRiskText.js';
import { noInstances } from './screen.js';
import { wrapText } from './wrap.js';

export interface ListOptions extends TableOptions {
  /** Columns of the terminal; null shows everything in full. */
  readonly width: number | null;
  /** With the times of reclaims in UTC. */
  readonly withTimes: boolean;
  /** Say how to see what was shortened or left out. */
  readonly withHint: boolean;
  /** The filters as they were given, for a list that shows nothing because of them. */
  readonly filter: string;
  /** Of the instances, only so many of the first; null shows all. */
  readonly mostRows: number | null;
  /** Every instance of the account, whatever the filters say. */
  readonly all: readonly ReportedInstance[];
}

/** A list in lines: the instances with their headings, and what is said below them. */
export interface ListLines {
  /** Empty when no instance is shown; otherwise the first holds the headings. */
  readonly table: readonly string[];
  /** How many instances more there are than the table has. */
  readonly left: number;
  readonly below: readonly string[];
}

/** The screen of `list`: every instance, with what is decided about it. Empty when the account could not be read. */
export function renderList(report: Report, options: ListOptions): string {
  const { table, below } = listLines(report, options);
  const separator = table.length > 0 ? [''] : [];
  return [...table, ...separator, ...below].map((line) => `${line}\n`).join('');
}

/** The same in lines, for a screen that has a height. */
export function listLines(report: Report, options: ListOptions): ListLines {
  const { instances, error, listComplete } = report;
  const { all, mostRows, nowMs, width, paint } = options;
  const wrap = (texts: readonly string[]): readonly string[] =>
    texts.filter((text) => text !== '').flatMap((text) => wrapText(text, width));
  if (instances.length === 0) {
    if (error !== null) return { table: [], left: 0, below: [] };
    return { table: [], left: 0, below: wrap([...nothingShown(options), incomplete(listComplete)]) };
  }
  const rows = mostRows === null ? instances : instances.slice(0, mostRows);
  const columns = listColumns(rows, options);
  const { lines, isCut } = fitColumns(columns, options);
  const footer = wrap([
    listFooter({ instances, total: all.length, nowMs }),
    incomplete(listComplete),
    dataSentence(report).trimEnd(),
  ]);
  const hint = isCut && options.withHint ? wrapText('Shortened to fit: --wide shows everything.', width) : [];
  const left = instances.length - rows.length;
  return { table: lines, left, below: [...footer, ...hint.map((line) => paint('dim', line))] };
}

function nothingShown({ all, filter }: ListOptions): readonly string[] {
  if (all.length === 0) return noInstances;
  const there = `The account has ${countOf(all.length)}: ${countsOfStatuses(all).join(', ')}.`;
  return [`No instance matches ${filter}. ${there}`];
}

function incomplete(listComplete: boolean): string {
  return listComplete ? '' : 'The list is not complete: there may be more.';
}
