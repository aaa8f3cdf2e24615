import { nameOrId } from '../core/instance.js';
import stringWidth from 'string-width';
import { minuteOfTime } from '../core/isoTime.js';
import type { PastAttempt } from '../core/pastAttempt.js';
import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import type { TableOptions } from './columnsOfInstances.js';
import { plannedFate } from './dataAtRiskText.js';
import { nothingExited, screen } from './screen.js';
import { shorten } from './shorten.js';
import { wrapText } from './wrap.js';

const labelWidth = 11;
const margin = '  ';
const hanging = ' '.repeat(margin.length + labelWidth);
const shownAttempts = 5;
const longestError = 200;
const localVolume = 'local_volume:';

/**
 * The screen of `check`: of every instance the verdict, why, the fields that were looked at, what would change it, what
 * was tried before, and what a migration does not keep.
 */
export function renderCheck(report: Report, options: TableOptions): string {
  const blocks = report.instances.map((instance) => explanationOf(instance, report, options));
  return screen(report, blocks.join('\n'), nothingExited, options.width ?? null);
}

function explanationOf(instance: ReportedInstance, report: Report, options: TableOptions): string {
  const width = options.width ?? null;
  const { rule, explanation, wouldChange, evidence } = instance;
  const fields = Object.entries(evidence).map(
    ([field, value]) => `${field} ${value === '' ? '""' : String(value)}`,
  );
  const parts: readonly (readonly [label: string, text: string])[] = [
    ['why', explanation],
    ['looked at', `${fields.join(', ')} (row ${rule} of the decision table)`],
    ['to change', wouldChange?.message ?? ''],
    ...historyOf(instance, report),
    fateOf(instance, report),
  ];
  const lines = parts
    .filter(([, text]) => text !== '')
    .flatMap(([label, text]) => wrapText(`${margin}${label.padEnd(labelWidth)}${text}`, width, hanging));
  return [...headingOf(instance, options), ...lines].map((line) => `${line}\n`).join('');
}

function headingOf(instance: ReportedInstance, options: TableOptions): readonly string[] {
  const { paint, width = null } = options;
  const { id, verdict, reason } = instance;
  const shownName = nameOrId(instance);
  const judged = `${verdict}: ${reason}`;
  const inColour = (part: string): string => (verdict === 'eligible' ? paint('green', part) : part);
  const text = `${shownName} (${id})`;
  if (width === null || stringWidth(`${text}${margin}${judged}`) <= width)
    return [`${paint('bold', shownName)} (${id})${margin}${inColour(judged)}`];
  return [
    ...wrapText(text, width).map((line) => paint('bold', line)),
    ...wrapText(`${margin}${judged}`, width, margin).map(inColour),
  ];
}

/** What the job list says of the last 24 hours. Of what was never reclaimed there is nothing to expect. */
function historyOf(
  { history, reclaimAt }: ReportedInstance,
  { jobsAvailable }: Report,
): readonly (readonly [string, string])[] {
  if (history === null)
    return jobsAvailable ? [] : [['history', 'not known: the job list could not be read']];
  if (history.length === 0) return reclaimAt === null ? [] : [['history', 'no migration in the last 24 h']];
  const lines = history.slice(0, shownAttempts).map(describeAttempt);
  const left = history.length - lines.length;
  return [...lines, ...(left > 0 ? [`and ${left} more`] : [])].map((line, at) => [
    at === 0 ? 'history' : '',
    line,
  ]);
}

function describeAttempt({ at, type, state, error }: PastAttempt): string {
  const when = at === null ? 'at an unknown time' : minuteOfTime(at);
  const what = type === 'instanceMigrate' ? '' : ` (${type ?? 'of unknown kind'})`;
  const why = error === null || error === '' ? '' : `: ${shorten(error, longestError, 'end')}`;
  return `${when}  ${state ?? 'in an unknown state'}${what}${why}`;
}

/** What a migration would mean for its data. What is not migrated has nothing to lose by it. */
function fateOf({ dataAtRisk, reclaimAt }: ReportedInstance, report: Report): readonly [string, string] {
  const fate = plannedFate(report);
  if (reclaimAt === null) return [fate, ''];
  const items = dataAtRisk.map((item) =>
    item.startsWith(localVolume)
      ? `local volume ${item.slice(localVolume.length)}`
      : item.replaceAll('_', ' '),
  );
  const disks = items.join(', ');
  return fate === 'not kept' ? [fate, disks] : ['data', `${fate}: ${disks}`];
}
