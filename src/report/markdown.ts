import { describeAlternatives } from '../core/alternatives.js';
import { minuteOfTime } from '../core/isoTime.js';
import type { Report } from '../core/report.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import { inlineCode, inlineText, markdownTable, textBlock } from './markdownText.js';
import { type AskedForData, fateOfData } from './dataAtRiskText.js';
import { footer } from './footer.js';
import { startedText } from './startedText.js';

/** GitHub takes a summary of 1 MiB at most and drops a larger one; a character has up to three bytes. */
const tableCharacters = 200_000;
const mostWarnings = 50;

/**
 * The report in GitHub-flavoured Markdown, for the summary of a CI job: what is eligible comes first. Nothing that
 * the API or the user wrote can become markup, a link or a mention. Ends with a line feed.
 */
export function renderMarkdown(report: Report): string {
  const { error, notFound, ambiguous, warnings } = report;
  const parts = [
    `## ${headline(report)}\n`,
    error === null ? '' : `**The run failed.**\n\n${textBlock(`${error.message}\n${error.nextStep}`)}`,
    instances(report),
    notFound.length === 0 ? '' : `Not in the list of this account: ${notFound.map(inlineCode).join(', ')}\n`,
    ...ambiguous.map(
      ({ target, candidates }) =>
        `${inlineCode(target)} does not say which instance is meant; give an id: ${firstOf(candidates).map(inlineCode).join(', ')}\n`,
    ),
    warnings.length === 0 ? '' : `**Warnings**\n\n${textBlock(firstOf(warnings).join('\n'))}`,
    `${ending(report)}\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** The counts of a run that failed before it counted anything would read as if the account were empty. */
function headline(report: Report): string {
  const { error, instances, listComplete, command, exitReason } = report;
  const counted = error === null || listComplete || instances.length > 0;
  const account = report.account === null ? '' : `${inlineCode(report.account)}: `;
  return account + (counted ? footer(report) : `novita-spot ${command ?? ''} failed: ${exitReason}`);
}

function ending({ command, runId, finishedAt, exitCode, exitReason }: Report): string {
  const run = `\`novita-spot ${command ?? ''}\`, run \`${runId}\``;
  return `${run}, ended at ${minuteOfTime(finishedAt)} with exit code ${exitCode} (${exitReason}).`;
}

function instances({ instances, command, listComplete, saveData, fallback }: Report): string {
  if (instances.length === 0) return listComplete ? 'No instances to show.\n' : '';
  const sorted = [...instances].sort((a, b) => Number(isEligible(b)) - Number(isEligible(a)));
  const result = command === 'migrate' ? 'Result' : 'Verdict';
  const headings = ['Name', 'ID', 'Reclaim', result, 'Why', 'Data'];
  const rows: (readonly string[])[] = [];
  let characters = 0;
  for (const instance of sorted) {
    const row = rowOf(instance, { saveData, fallback });
    characters += row.join().length;
    if (characters > tableCharacters) break;
    rows.push(row);
  }
  const left = sorted.length - rows.length;
  return `${markdownTable(headings, rows)}${left > 0 ? `\nAnd ${left} more, which \`-o json\` names.\n` : ''}`;
}

function firstOf(warnings: readonly string[]): readonly string[] {
  const left = warnings.length - mostWarnings;
  return left > 0 ? [...warnings.slice(0, mostWarnings), `and ${left} more`] : warnings;
}

function rowOf(instance: ReportedInstance, asked: AskedForData): readonly string[] {
  const { name, id, reclaimAt, verdict, reason, outcome, error, nextStep, explanation, dataAtRisk } =
    instance;
  const disks = dataAtRisk.map(notKept).join(', ');
  const fate = fateOfData(instance, asked);
  return [
    inlineCode(name),
    inlineCode(id),
    reclaimAt === null ? '-' : minuteOfTime(reclaimAt),
    outcome ?? `${verdict}: ${reason}`,
    error === null
      ? inlineText(startedText(instance) ?? explanation)
      : `${inlineText(error.message)}. ${inlineText(nextStep ?? error.nextStep)}${stockElsewhere(instance.alternatives)}`,
    fate === null ? '-' : `${fate}: ${disks}`,
  ];
}

function stockElsewhere(alternatives: ReportedInstance['alternatives']): string {
  if (alternatives === null || alternatives.length === 0) return '';
  return ` Stock elsewhere: ${inlineText(describeAlternatives(alternatives))}.`;
}

function isEligible({ verdict }: ReportedInstance): boolean {
  return verdict === 'eligible';
}

const localVolume = 'local_volume:';

function notKept(item: string): string {
  return item.startsWith(localVolume)
    ? `local volume ${inlineCode(item.slice(localVolume.length))}`
    : inlineText(item.replaceAll('_', ' '));
}
