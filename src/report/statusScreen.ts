import { minuteOfTime } from '../core/isoTime.js';
import type { HealthState } from '../core/runHealth.js';
import type { AccountStatus, ReportedRun, StatusReport } from '../core/statusReport.js';
import { renderColumns } from './columns.js';
import { inlineCode, inlineText, markdownTable } from './markdownText.js';
import { relativeTime } from './relativeTime.js';
import type { Colour, Paint } from './style.js';
import { wrapText } from './wrap.js';

export interface StatusScreenOptions {
  readonly paint: Paint;
  /** Unix ms, for relative times. */
  readonly nowMs: number;
  /** Only the first line. */
  readonly brief: boolean;
  /** Columns of the terminal; null where there is none, and a line is as long as it is. */
  readonly width: number | null;
}

/** What a monitoring plugin says in its first word, and its colour. */
const words: Readonly<Record<HealthState, readonly [word: string, Colour]>> = {
  healthy: ['OK', 'green'],
  warning: ['WARNING', 'yellow'],
  critical: ['CRITICAL', 'red'],
  unknown: ['UNKNOWN', 'magenta'],
};

/** The screen of `status`: one line for a monitoring system, then the last runs of each account. */
export function renderStatus(report: StatusReport, options: StatusScreenOptions): string {
  const first = headline('novita-spot ', report, options);
  if (options.brief) return first;
  const several = report.accounts.length > 1;
  const blocks = report.accounts.map((account) => {
    const title = several ? headline(`${account.account ?? ''}: `, account, options) : '';
    return `\n${title}${details(account, options)}`;
  });
  return [first, ...blocks.filter((block) => block !== '\n')].join('');
}

/** The same in GitHub-flavoured Markdown. */
export function renderStatusMarkdown({ state, message, accounts, checkedAt }: StatusReport): string {
  const headings = ['Account', 'State', 'What', 'Last success'];
  const rows = accounts.map((each) => [
    each.account === null ? '-' : inlineCode(each.account),
    each.state,
    inlineText(each.message),
    each.lastSuccessAt === null ? '-' : minuteOfTime(each.lastSuccessAt),
  ]);
  const table = rows.length === 0 ? '' : `\n${markdownTable(headings, rows)}`;
  const line = `novita-spot: ${state}, ${inlineText(message)}`;
  return `## ${line}\n${table}\nLooked at ${minuteOfTime(checkedAt)}.\n`;
}

/** Wrapped at a terminal; one line for a monitoring system. */
function headline(
  begin: string,
  { state, message }: { readonly state: HealthState; readonly message: string },
  { paint, width }: StatusScreenOptions,
): string {
  const [word, colour] = words[state];
  const [first = '', ...more] = wrapText(`${begin}${word}: ${message}`, width);
  const rest = first.slice(begin.length + word.length);
  const painted = first.startsWith(`${begin}${word}`) ? `${begin}${paint(colour, word)}${rest}` : first;
  return [painted, ...more].map((line) => `${line}\n`).join('');
}

function details({ runs, lastRun, unreadableLines }: AccountStatus, options: StatusScreenOptions): string {
  const { paint, width } = options;
  const headings = ['STARTED', 'RESULT', 'TOOK', 'ELIGIBLE', 'MIGRATED', 'NOT MIGRATED', 'RUN'];
  const table =
    runs.length === 0
      ? ''
      : renderColumns(
          headings.map((heading) => paint('bold', heading)),
          runs.map((run) => rowOf(run, options)),
        );
  const torn = unreadableLines === 1 ? '1 line' : `${unreadableLines} lines`;
  const held = quarantined(lastRun, width);
  return `${table}${held}${unreadableLines === 0 ? '' : `${torn} of the journal cannot be read.\n`}`;
}

/** Nothing tries these until a day has passed or somebody says so. */
function quarantined(lastRun: ReportedRun | null, width: number | null): string {
  const ids = lastRun?.quarantined ?? [];
  if (ids.length === 0) return '';
  const text = `In quarantine at the end of the last run for the whole account: ${ids.join(', ')}. "novita-spot check" says until when; "novita-spot migrate <id> --force" tries one again.`;
  return wrapText(text, width)
    .map((line) => `${line}\n`)
    .join('');
}

function rowOf(run: ReportedRun, { paint, nowMs }: StatusScreenOptions): readonly string[] {
  const { startedAt, durationMs, summary, runId } = run;
  const count = (value: number | undefined): string => (value === undefined ? '-' : String(value));
  const missed = summary && summary.errors + summary.unknown + summary.deferred + summary.notStarted;
  return [
    startedAt === null ? '-' : relativeTime(Date.parse(startedAt), nowMs),
    resultOf(run, paint),
    durationMs === null ? '-' : `${(durationMs / 1000).toFixed(1)} s`,
    count(summary?.eligible),
    count(summary?.migrated),
    count(missed ?? undefined),
    runId.slice(0, 8),
  ];
}

function resultOf(run: ReportedRun, paint: Paint): string {
  const result = howItEnded(run, paint);
  return run.wholeAccount ? result : `${result}, ${paint('dim', 'some')}`;
}

function howItEnded({ state, exitCode, exitReason }: ReportedRun, paint: Paint): string {
  if (state === 'running') return paint('cyan', 'going on');
  if (state === 'killed') return paint('red', 'killed');
  if (exitCode === 0) return paint('green', 'ok');
  return paint('yellow', `${exitReason ?? 'unknown'} (${exitCode ?? '?'})`);
}
