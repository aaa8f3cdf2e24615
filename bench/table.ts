import type { Finding, Unit } from './finding.js';

const headings = ['', 'median', 'lowest-highest', 'runs', 'ratio', 'to', 'goal', ''] as const;

/** The findings as Markdown that is as easy to read as it stands: a table for each section. */
export function renderFindings(findings: readonly Finding[]): string {
  const sections = [...new Set(findings.map(({ section }) => section))];
  return sections.map((section) => renderSection(section, findings)).join('\n');
}

function renderSection(section: string, findings: readonly Finding[]): string {
  const rows = findings.filter((finding) => finding.section === section).map(cells);
  const widths = headings.map((heading, column) =>
    Math.max(3, heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return `${[`### ${section}`, '', ...[headings, rule, ...rows].map(line)].join('\n')}\n`;
}

function cells(finding: Finding): readonly string[] {
  const { subject, unit, lowest, highest, runs, ratio, comparedWith, goal, isMet } = finding;
  const range = lowest === highest ? '' : `${amount(lowest, unit)}-${amount(highest, unit)}`;
  return [
    subject,
    `${amount(finding.median, unit)} ${unit}`,
    range,
    String(runs),
    ratio === null ? '' : ratio.toFixed(2),
    comparedWith ?? '',
    goal === null ? '' : `<= ${ratio === null ? amount(goal, unit) : goal.toFixed(2)}`,
    isMet === null ? '' : isMet ? 'met' : 'missed',
  ];
}

function amount(value: number, unit: Unit): string {
  return value.toFixed(unit === 'requests' || (unit !== 'µs per instance' && value >= 100) ? 0 : 1);
}
