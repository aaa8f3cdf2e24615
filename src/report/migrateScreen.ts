import { describeDuration } from '../core/duration.js';
import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import { renderAlternatives } from './alternatives.js';
import { nameColumn, type TableOptions } from './columnsOfInstances.js';
import { fateOfData, fatesDiffer } from './dataAtRiskText.js';
import { renderExplainedTable } from './explainedTable.js';
import { renderNextSteps } from './nextSteps.js';
import { leftToTheNextRun } from './plan.js';
import { type PlanTableOptions, renderPlanTable } from './planTable.js';
import { nothingExited, screen } from './screen.js';
import { startedText } from './startedText.js';
import type { Colour } from './style.js';
import { wrapLines } from './wrap.js';

/**
 * The screen of `migrate`: what became of each eligible instance and what is left to do about it, or, of a dry run,
 * what would be migrated; then the exited instances that were left alone, and why.
 */
export function renderMigrate(report: Report, options: TableOptions): string {
  const { instances, dryRun, saveData, fallback } = report;
  const eligible = instances.filter(({ outcome }) => outcome !== null);
  const parts = [
    dryRun
      ? planOf(eligible, { ...options, saveData, fallback })
      : outcomesOf(eligible, { ...options, saveData, fallback }),
    dryRun ? '' : renderNextSteps(eligible, options),
    renderAlternatives(eligible, options),
    leftAlone(
      instances.filter(({ outcome }) => outcome === null),
      options,
    ),
  ];
  const whole = screen(report, parts.filter((part) => part !== '').join('\n'), nothingExited);
  // The tables fit already; what is too long are sentences below them.
  return wrapLines(whole, options.width ?? null);
}

function planOf(eligible: readonly ReportedInstance[], options: PlanTableOptions): string {
  const planned = eligible.filter(({ outcome }) => outcome === 'would_migrate');
  if (planned.length === 0) return '';
  const rows = planned.map((instance) => ({
    ...instance,
    reclaimedAtMs: Date.parse(instance.reclaimAt ?? ''),
  }));
  return `${renderPlanTable(rows, options)}${leftToTheNextRun(eligible.length - planned.length)}`;
}

function outcomesOf(eligible: readonly ReportedInstance[], options: PlanTableOptions): string {
  if (eligible.length === 0) return '';
  // Where it is the same for all, the sentence below the table says it.
  const hasData = fatesDiffer(options);
  const headings = ['ID', 'NAME', 'RESULT', ...(hasData ? ['DATA'] : []), 'WHY'];
  const rows = eligible.map((instance) => {
    const { outcome, error, explanation } = instance;
    const result = outcome ?? '';
    return {
      cells: [
        ...idAndName(instance, options),
        options.paint(colourOfOutcome(result), result),
        ...(hasData ? [fateOfData(instance, options) ?? '-'] : []),
      ],
      explanation: error?.message ?? courseOf(instance) ?? startedText(instance) ?? explanation,
    };
  });
  return renderExplainedTable(headings, rows, options);
}

/** What following it showed; null when it was not followed. */
function courseOf({
  followedSeconds,
  recoveredAfterSeconds,
  recoveredAfterReclaimSeconds,
  lostAgain,
}: ReportedInstance): string | null {
  if (followedSeconds === null) return null;
  if (lostAgain === 'gone') return 'came back and is gone: it does not exist any more';
  if (lostAgain === 'reclaimed_again') return 'came back and was reclaimed again before it was seen running';
  if (recoveredAfterSeconds === null)
    return `accepted; not seen running within ${describeDuration(followedSeconds)}`;
  const sinceReclaim =
    recoveredAfterReclaimSeconds === null
      ? ''
      : `, ${describeDuration(recoveredAfterReclaimSeconds)} after its reclaim`;
  return `runs again ${describeDuration(recoveredAfterSeconds)} after the request${sinceReclaim}`;
}

function leftAlone(skipped: readonly ReportedInstance[], options: TableOptions): string {
  if (skipped.length === 0) return '';
  const rows = skipped.map((instance) => ({
    cells: [...idAndName(instance, options), instance.reason],
    explanation: instance.explanation,
  }));
  return renderExplainedTable(['ID', 'NAME', 'LEFT ALONE', 'WHY'], rows, options);
}

function idAndName(instance: ReportedInstance, options: TableOptions): readonly string[] {
  const [, nameOf] = nameColumn;
  return [instance.id, nameOf(instance, options)];
}

function colourOfOutcome(outcome: string): Colour {
  if (outcome === 'migrated' || outcome === 'recovered' || outcome === 'started') return 'green';
  return outcome === 'would_migrate' || outcome === 'deferred' ? 'cyan' : 'red';
}
