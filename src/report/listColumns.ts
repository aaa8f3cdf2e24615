import { hasReclaimNotice } from '../core/outages.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import { type Cell, essentialWeight, type FittingColumn } from './fitColumns.js';
import { relativeTime } from './relativeTime.js';
import type { Cut } from './shorten.js';
import type { Colour } from './style.js';

/** What stands beside an instance that the provider has announced to reclaim. */
export const noticeMark = '!';

interface ListColumn extends Pick<FittingColumn, 'heading' | 'enough' | 'least' | 'weight'> {
  readonly cut?: Cut;
  readonly cell: (instance: ReportedInstance, nowMs: number) => string;
  /** The same where there is little room. */
  readonly brief?: (instance: ReportedInstance) => string;
  readonly colour?: (instance: ReportedInstance) => Colour | null;
}

const whole = Infinity;

const idColumn: ListColumn = {
  heading: 'ID',
  cell: ({ id }) => id,
  cut: 'middle',
  enough: 16,
  least: 8,
  weight: essentialWeight + 6,
};
const markColumn: ListColumn = {
  heading: '',
  cell: (instance) => (hasReclaimNotice({ instance }) ? noticeMark : ''),
  colour: () => 'yellow',
  enough: whole,
  least: whole,
  weight: essentialWeight + 4,
};
const nameColumn: ListColumn = {
  heading: 'NAME',
  cell: ({ name }) => (name === '' ? '-' : name),
  colour: (instance) => (hasReclaimNotice({ instance }) ? 'yellow' : null),
  cut: 'middle',
  enough: 16,
  least: 8,
  weight: essentialWeight + 5,
};
const statusColumn: ListColumn = {
  heading: 'STATUS',
  cell: ({ status }) => status,
  colour: ({ status }) => colourOfStatus(status),
  enough: 9,
  least: 7,
  weight: essentialWeight + 1,
};
const spotColumn: ListColumn = {
  heading: 'SPOT',
  cell: ({ spotStatus }) => textOrDash(spotStatus),
  enough: 10,
  least: 10,
  weight: 3,
};
const reclaimColumn: ListColumn = {
  heading: 'RECLAIM',
  cell: ({ reclaimAt }, nowMs) => (reclaimAt === null ? '-' : relativeTime(Date.parse(reclaimAt), nowMs)),
  colour: (instance) => (hasReclaimNotice({ instance }) ? 'yellow' : null),
  enough: whole,
  least: whole,
  weight: essentialWeight + 3,
};
const reclaimTimeColumn: ListColumn = {
  heading: 'RECLAIM (UTC)',
  cell: ({ reclaimAt }) => (reclaimAt === null ? '-' : reclaimAt.slice(0, 19).replace('T', ' ')),
  enough: whole,
  least: whole,
  // It is shown only when it was asked for.
  weight: essentialWeight,
};
const productColumn: ListColumn = {
  heading: 'PRODUCT',
  cell: ({ productName }) => textOrDash(productName),
  enough: 13,
  least: 8,
  weight: 2,
};
const clusterColumn: ListColumn = {
  heading: 'CLUSTER',
  cell: ({ clusterName }) => textOrDash(clusterName),
  enough: 9,
  least: 8,
  weight: 1,
};
const verdictColumn: ListColumn = {
  heading: 'VERDICT',
  cell: ({ verdict, reason }) => `${verdict}: ${reason}`,
  brief: ({ verdict, reason }) => (verdict === 'eligible' ? verdict : reason),
  colour: ({ verdict }) => (verdict === 'eligible' ? 'green' : null),
  enough: 13,
  least: 8,
  weight: essentialWeight + 2,
};

/**
 * The columns of `list`.
 *
 * @param nowMs - unix ms, for relative times
 * @param withTimes - with the times of reclaims as well, in UTC
 */
export function listColumns(
  instances: readonly ReportedInstance[],
  { nowMs, withTimes }: { readonly nowMs: number; readonly withTimes: boolean },
): readonly FittingColumn[] {
  const anyNotice = instances.some((instance) => hasReclaimNotice({ instance }));
  const columns = [
    idColumn,
    ...(anyNotice ? [markColumn] : []),
    nameColumn,
    statusColumn,
    spotColumn,
    reclaimColumn,
    ...(withTimes ? [reclaimTimeColumn] : []),
    productColumn,
    clusterColumn,
    verdictColumn,
  ];
  return columns.map(({ cell, brief, colour = () => null, cut = 'end', ...column }) => ({
    ...column,
    cut,
    cells: instances.map((instance): Cell => {
      const text = cell(instance, nowMs);
      return { text, brief: brief?.(instance) ?? text, colour: colour(instance) };
    }),
  }));
}

function textOrDash(text: string | null): string {
  return text === null || text === '' ? '-' : text;
}

function colourOfStatus(status: string): Colour {
  if (status === 'running') return 'green';
  return status === 'exited' ? 'red' : 'yellow';
}
