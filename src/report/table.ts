import type { Report, ReportedInstance } from '../core/report.js';
import { renderColumns } from './columns.js';
import { relativeTime } from './relativeTime.js';
import type { Colour, Paint } from './style.js';

export interface TableOptions {
  readonly paint: Paint;
  /** Unix ms, for relative times. */
  readonly nowMs: number;
}

type Column = readonly [heading: string, cell: (instance: ReportedInstance, options: TableOptions) => string];

const id: Column = ['ID', ({ id }) => id];
const name: Column = ['NAME', ({ name }) => shorten(name, 28)];
const status: Column = ['STATUS', ({ status }, { paint }) => paint(colourOfStatus(status), status)];
const reclaim: Column = [
  'RECLAIM',
  ({ reclaimAt, spotStatus }, { paint, nowMs }) => {
    if (reclaimAt === null) return '-';
    const text = relativeTime(Date.parse(reclaimAt), nowMs);
    return spotStatus === 'notified' || spotStatus === 'reclaiming' ? paint('yellow', text) : text;
  },
];
const verdict: Column = [
  'VERDICT',
  ({ verdict, reason }, { paint }) =>
    verdict === 'eligible' ? paint('green', `eligible: ${reason}`) : `skipped: ${reason}`,
];
const listColumns: readonly Column[] = [
  id,
  name,
  status,
  ['SPOT', ({ spotStatus }) => (spotStatus === null || spotStatus === '' ? '-' : spotStatus)],
  reclaim,
  ['PRODUCT', ({ productName }) => productName ?? '-'],
  ['CLUSTER', ({ clusterName }) => clusterName ?? '-'],
  verdict,
];
const migrateColumns: readonly Column[] = [
  id,
  name,
  reclaim,
  [
    'RESULT',
    ({ outcome, reason }, { paint }) =>
      outcome === null ? `skipped: ${reason}` : paint(colourOfOutcome(outcome), outcome),
  ],
  ['WHY', ({ error, explanation }) => error?.message ?? explanation],
];

/** The screen of `list`: every instance, with what is decided about it. */
export function renderList(report: Report, options: TableOptions): string {
  return screen(
    report,
    tableOf(report, listColumns, options),
    'The account has no instances, or none that match.',
  );
}

/** The screen of `migrate`: every exited instance, with what became of it. */
export function renderMigrate(report: Report, options: TableOptions): string {
  return screen(report, tableOf(report, migrateColumns, options), nothingExited);
}

/** The screen of `check`: of every exited instance the verdict, why, and the fields that were looked at. */
export function renderCheck(report: Report, options: TableOptions): string {
  return screen(
    report,
    report.instances.map((instance) => explanationOf(instance, options)).join('\n'),
    nothingExited,
  );
}

const nothingExited = 'No exited instances: nothing to migrate.';

function tableOf({ instances }: Report, columns: readonly Column[], options: TableOptions): string {
  const headings = columns.map(([heading]) => options.paint('bold', heading));
  return renderColumns(
    headings,
    instances.map((instance) => columns.map(([, cell]) => cell(instance, options))),
  );
}

function explanationOf(instance: ReportedInstance, options: TableOptions): string {
  const { id, name, rule, explanation, evidence } = instance;
  const fields = Object.entries(evidence).map(
    ([field, value]) => `${field} ${value === '' ? '""' : String(value)}`,
  );
  const [, verdictOf] = verdict;
  return [
    `${options.paint('bold', name === '' ? id : name)} (${id})  ${verdictOf(instance, options)}\n`,
    `  why        ${explanation}\n`,
    `  looked at  ${fields.join(', ')} (row ${rule} of the decision table)\n`,
  ].join('');
}

function screen(report: Report, body: string, empty: string): string {
  const { instances, error, listComplete, notFound, warnings } = report;
  if (instances.length > 0) return `${body}\n${footer(report)}\n${atRisk(report)}`;
  if (error !== null) return '';
  // A run that looked at nothing, because migrating is disabled, has said why.
  return listComplete || notFound.length > 0
    ? `${empty}\n\n${footer(report)}\n`
    : `${warnings.join('\n')}\n\n${footer(report)}\n`;
}

/** The numbers of the run in one sentence. */
export function footer({ command, dryRun, summary }: Report): string {
  const counted: readonly (readonly [number, string])[] = [
    [summary.eligible, 'eligible'],
    [summary.wouldMigrate, 'would be migrated'],
    [summary.migrated, 'migrated'],
    [summary.errors, 'errors'],
    [summary.unknown, 'unknown'],
    [summary.deferred, 'deferred to the next run'],
    [summary.notStarted, 'not started'],
    [summary.notFound, 'not found'],
  ];
  const parts = counted
    .filter(([count, text]) => count > 0 || text === 'eligible')
    .map(([count, text]) => `${count} ${text}`);
  const mode = command === 'migrate' && dryRun ? 'Dry run, nothing was changed. ' : '';
  const instances = `${summary.total} ${summary.total === 1 ? 'instance' : 'instances'}`;
  return `${mode}${instances}, ${summary.exited} exited: ${parts.join(', ')}.`;
}

/** What a migration of the eligible instances does not keep, in one sentence. */
function atRisk({ instances }: Report): string {
  const eligible = instances.filter(({ verdict }) => verdict === 'eligible');
  if (eligible.length === 0) return '';
  const volumes = eligible.flatMap(({ name, id, dataAtRisk }) => {
    const own = dataAtRisk
      .filter((item) => item.startsWith(localVolume))
      .map((item) => item.slice(localVolume.length));
    return own.length === 0 ? [] : [`of ${name === '' ? id : name} also ${own.join(' and ')}`];
  });
  return `A migration does not keep new data on the system disk${['', ...volumes].join('; ')}.\n`;
}

const localVolume = 'local_volume:';

function colourOfStatus(status: string): Colour {
  if (status === 'running') return 'green';
  return status === 'exited' ? 'red' : 'yellow';
}

function colourOfOutcome(outcome: string): Colour {
  if (outcome === 'migrated' || outcome === 'recovered') return 'green';
  return outcome === 'would_migrate' || outcome === 'deferred' ? 'cyan' : 'red';
}

/** Names of one fleet differ at their ends, so the middle goes. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
}
