import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import { renderColumns } from './columns.js';
import { relativeTime } from './relativeTime.js';
import type { Colour, Paint } from './style.js';

export interface TableOptions {
  readonly paint: Paint;
  /** Unix ms, for relative times. */
  readonly nowMs: number;
  /** Columns that lines must fit into; null or absent for none. */
  readonly width?: number | null;
}

export type Column = readonly [
  heading: string,
  cell: (instance: ReportedInstance, options: TableOptions) => string,
];

export const idColumn: Column = ['ID', ({ id }) => id];
export const nameColumn: Column = ['NAME', ({ name }) => shorten(name, 28)];
export const statusColumn: Column = [
  'STATUS',
  ({ status }, { paint }) => paint(colourOfStatus(status), status),
];
export const reclaimColumn: Column = [
  'RECLAIM',
  ({ reclaimAt, spotStatus }, { paint, nowMs }) => {
    if (reclaimAt === null) return '-';
    const text = relativeTime(Date.parse(reclaimAt), nowMs);
    return spotStatus === 'notified' || spotStatus === 'reclaiming' ? paint('yellow', text) : text;
  },
];
export const verdictColumn: Column = [
  'VERDICT',
  ({ verdict, reason }, { paint }) =>
    verdict === 'eligible' ? paint('green', `eligible: ${reason}`) : `skipped: ${reason}`,
];

/** One line for each instance. */
export function tableOf({ instances }: Report, columns: readonly Column[], options: TableOptions): string {
  const headings = columns.map(([heading]) => options.paint('bold', heading));
  return renderColumns(
    headings,
    instances.map((instance) => columns.map(([, cell]) => cell(instance, options))),
  );
}

function colourOfStatus(status: string): Colour {
  if (status === 'running') return 'green';
  return status === 'exited' ? 'red' : 'yellow';
}

/** Names of one fleet differ at their ends, so the middle goes. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
}
