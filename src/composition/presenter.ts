import type { Invocation } from '../cli/invocation.js';
import type { CommandResult } from '../commands/commandResult.js';
import { compileFilter } from '../config/filters.js';
import type { AccountsReport } from '../core/accountsReport.js';
import { sortInstances } from '../core/listOrder.js';
import { reclaimNoticesOf } from '../core/reclaimNotice.js';
import { buildReport, type Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import type { RequestCounts } from '../core/requestCounts.js';
import type { FallbackMode } from '../core/fallback.js';
import type { SaveDataMode } from '../core/saveData.js';
import { exitReasonOf } from '../core/runEnd.js';
import { type InstanceResult, summarize } from '../core/summary.js';
import { renderJson } from '../report/json.js';
import { describeFilter, isShown } from '../report/listFilter.js';
import type { ListOptions } from '../report/listScreen.js';
import { coloured, type Paint, plain, wantsColour } from '../report/style.js';
import type { Output, System } from './system.js';

export interface RunFacts {
  readonly runId: string;
  /** Null when the account has no name. */
  readonly account: string | null;
  readonly saveData: SaveDataMode | null;
  readonly fallback: FallbackMode | null;
  readonly requests: RequestCounts;
  /** Unix ms. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

/** Counts what a command found and did, and finds out how the run ends. */
export function concludeRun(result: CommandResult, invocation: Invocation, facts: RunFacts): Report {
  const { command, detailedExitCode } = invocation;
  const { dryRun, failure, notFound, ambiguous, results } = result;
  const summary = summarize(results, { notFound: notFound.length, ambiguous: ambiguous.length });
  const outdated = results.filter(isOutdated).length;
  const readOnly = command !== 'migrate' || dryRun;
  return buildReport({
    ...result,
    ...facts,
    command,
    summary,
    results: results.filter((each) => isReported(each, invocation)),
    reclaimNotices: reclaimNoticesOf(
      results.map(({ decision }) => decision),
      Math.floor(facts.finishedAtMs / 1000),
    ),
    deliveries: [],
    exitReason: exitReasonOf({ summary, readOnly, outdated, detailedExitCode, failure }),
  });
}

/**
 * `list` and a monitoring system see every instance; the others those that are exited, and those that were asked for by
 * id, name or plan.
 */
function isReported({ decision }: InstanceResult, { command, targets, plan, monitor }: Invocation): boolean {
  return (
    command === 'list' ||
    monitor ||
    targets.length > 0 ||
    plan !== null ||
    decision.instance.status === 'exited'
  );
}

function isOutdated({ decision }: InstanceResult): boolean {
  return decision.reason === 'plan_outdated';
}

/** The report as the command line wants to see it. */
export async function renderReport(
  report: Report,
  invocation: Invocation,
  system: System,
  nowMs: number,
): Promise<string> {
  const { command, output, quiet } = invocation;
  const shown = shownReport(report, invocation);
  if (output === 'json') return renderJson(shown);
  if (output === 'markdown') {
    const { renderMarkdown } = await import('../report/markdown.js');
    return renderMarkdown(shown);
  }
  if (quiet) return '';
  const { renderCheck, renderList, renderMigrate } = await import('../report/screens.js');
  const screens = {
    list: () => renderList(shown, listOptions(report, invocation, system, nowMs)),
    check: renderCheck,
    migrate: renderMigrate,
    status: () => '',
    sandbox: () => '',
  };
  const { stdout } = system;
  const width = stdout.isTerminal ? stdout.width : null;
  return screens[command](shown, { paint: paintFor(stdout, invocation, system), nowMs, width });
}

/**
 * How the screen of `list` looks. On a terminal it fits.
 *
 * @param report - with every instance of the account
 */
export function listOptions(
  report: Report,
  invocation: Invocation,
  system: System,
  nowMs: number,
): ListOptions {
  const { stdout } = system;
  return {
    paint: paintFor(stdout, invocation, system),
    nowMs,
    width: stdout.isTerminal && !invocation.wide ? stdout.width : null,
    withTimes: invocation.verbose,
    withHint: true,
    mostRows: null,
    filter: describeFilter(invocation.filters),
    all: report.instances,
  };
}

/** The reports of several accounts, as the command line wants to see them. */
export async function renderAccounts(
  report: AccountsReport,
  invocation: Invocation,
  system: System,
  nowMs: number,
): Promise<string> {
  if (invocation.output === 'json') {
    const accounts = report.accounts.map((each) => shownReport(each, invocation));
    return renderJson({ ...report, accounts });
  }
  const paint = paintFor(system.stdout, invocation, system);
  const screens: string[] = [];
  for (const each of report.accounts) {
    const screen = await renderReport(each, invocation, system, nowMs);
    // Markdown has the account in its own heading.
    const hasHeading = screen === '' || invocation.output === 'markdown';
    screens.push(hasHeading ? screen : `${paint('bold', `Account ${each.account ?? ''}`)}\n${screen}`);
  }
  return screens.filter((screen) => screen !== '').join('\n');
}

/** What the command line wants to see of a report. */
export function shownReport(report: Report, invocation: Invocation): Report {
  return invocation.command === 'list' ? filterList(report, invocation) : report;
}

function filterList(report: Report, { filters, sort }: Invocation): Report {
  const exclusionOf = compileFilter(filters);
  const isExcluded = (instance: ReportedInstance): boolean => exclusionOf(instance) !== null;
  const instances = report.instances.filter((each) => isShown(each, { ...filters, isExcluded }));
  return { ...report, instances: sortInstances(instances, sort) };
}

/** Colour, where the output and the person want it. */
export function paintFor(
  output: Output,
  { color }: Pick<Invocation, 'color'>,
  { environment }: Pick<System, 'environment'>,
): Paint {
  return wantsColour({ isTerminal: output.isTerminal, refused: !color, environment }) ? coloured : plain;
}
