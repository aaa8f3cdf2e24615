import { nameOf } from '../core/instance.js';
import stringWidth from 'string-width';
import { totalPrice } from '../core/price.js';
import { renderColumns } from './columns.js';
import type { TableOptions } from './columnsOfInstances.js';
import { type AskedForData, dataOfStarted, plannedFate } from './dataAtRiskText.js';
import { dataNotKept } from './dataNotKept.js';
import { pricePerHour, totalPerHour } from './money.js';
import { relativeTime } from './relativeTime.js';
import { wrapText } from './wrap.js';

/** An instance that is going to be migrated. */
export interface PlannedRow {
  readonly id: string;
  readonly name: string;
  /** Unix ms. */
  readonly reclaimedAtMs: number;
  readonly dataAtRisk: readonly string[];
  readonly productName: string | null;
  readonly clusterName: string | null;
  /** In USD; null when it is not known. */
  readonly pricePerHour: number | null;
  /** Reasons to leave it alone that the operator passes over. */
  readonly forcedPast: readonly string[];
}

export type PlanTableOptions = TableOptions & AskedForData;

interface Column {
  readonly heading: string;
  readonly cell: (row: PlannedRow, nowMs: number) => string;
  /** Narrow terminals do without it, the highest first; what is at risk and what it costs always stand. */
  readonly dispensable?: number;
  /** The column stands only where one of the instances has something to say in it. */
  readonly appliesTo?: (row: PlannedRow) => boolean;
}

function columnsFor(options: PlanTableOptions): readonly Column[] {
  return [
    { heading: 'ID', cell: ({ id }) => id },
    { heading: 'NAME', cell: ({ name }) => (name === '' ? '-' : name) },
    { heading: 'RECLAIMED', cell: ({ reclaimedAtMs }, nowMs) => relativeTime(reclaimedAtMs, nowMs) },
    { heading: plannedFate(options).toUpperCase(), cell: ({ dataAtRisk }) => dataNotKept(dataAtRisk) },
    { heading: 'FORCED PAST', cell: forcedPast, appliesTo: (row) => row.forcedPast.length > 0 },
    { heading: 'PRODUCT', cell: ({ productName }) => productName ?? '-', dispensable: 1 },
    { heading: 'CLUSTER', cell: ({ clusterName }) => clusterName ?? '-', dispensable: 2 },
    { heading: 'PER HOUR', cell: (row) => pricePerHour(row.pricePerHour) },
  ];
}

/**
 * What is going to be migrated, why, what of it is not kept, and what it costs: as a table, or one below the other
 * where a table has no room. Ends with a line feed.
 */
export function renderPlanTable(rows: readonly PlannedRow[], options: PlanTableOptions): string {
  const { width = null } = options;
  const wanted = columnsFor(options).filter(
    ({ appliesTo }) => appliesTo === undefined || rows.some(appliesTo),
  );
  const tables = [3, 2, 1].map((limit) =>
    tableOf(
      rows,
      wanted.filter(({ dispensable = 0 }) => dispensable < limit),
      options,
    ),
  );
  const table = tables.find((text) => width === null || widthOf(text) <= width);
  const total = totalPerHour(totalPrice(rows.map((row) => row.pricePerHour)));
  const sentences = [total, ...(options.fallback === 'start' ? [dataOfStarted] : [])];
  const wrapped = sentences.flatMap((sentence) => wrapText(sentence, width));
  return `${table ?? listOf(rows, options)}\n${wrapped.join('\n')}\n`;
}

function tableOf(
  rows: readonly PlannedRow[],
  shown: readonly Column[],
  { paint, nowMs }: TableOptions,
): string {
  return renderColumns(
    shown.map(({ heading }) => paint('bold', heading)),
    rows.map((row) => shown.map(({ cell }) => cell(row, nowMs))),
  );
}

function widthOf(text: string): number {
  return text.split('\n').reduce((widest, line) => Math.max(widest, stringWidth(line)), 0);
}

function listOf(rows: readonly PlannedRow[], options: PlanTableOptions): string {
  const { paint, nowMs, width = null } = options;
  const wrapped = (text: string): string => wrapText(`  ${text}`, width, '    ').join('\n');
  const blocks = rows.map((row) => {
    const { productName, clusterName } = row;
    const [title = '', ...more] = wrapText(nameOf(row), width, '    ');
    const place = [productName, clusterName].filter((part) => part !== null).join(' in ');
    const price = row.pricePerHour === null ? 'price unknown' : `${pricePerHour(row.pricePerHour)} an hour`;
    const reclaim = `${row.reclaimedAtMs > nowMs ? 'reclaim' : 'reclaimed'} ${relativeTime(row.reclaimedAtMs, nowMs)}`;
    const forced = row.forcedPast.length === 0 ? [] : [wrapped(`forced past: ${forcedPast(row)}`)];
    return [
      [title, ...more].map((line) => paint('bold', line)).join('\n'),
      wrapped([reclaim, place, price].filter((part) => part !== '').join(', ')),
      ...forced,
      wrapped(`${plannedFate(options)}: ${dataNotKept(row.dataAtRisk)}`),
    ].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

function forcedPast(row: Pick<PlannedRow, 'forcedPast'>): string {
  return row.forcedPast.length === 0 ? '-' : row.forcedPast.join(', ');
}
