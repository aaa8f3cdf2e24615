import { describeAlternatives } from '../core/alternatives.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import type { TableOptions } from './columnsOfInstances.js';
import { namesOf } from './nextSteps.js';
import { wrapText } from './wrap.js';

/**
 * What else has stock for the instances that no node has room for, those with the same alternatives together. Empty
 * where nobody asked; else it ends with a line feed.
 */
export function renderAlternatives(
  instances: readonly ReportedInstance[],
  { paint, width = null }: TableOptions,
): string {
  const groups = new Map<string, ReportedInstance[]>();
  for (const instance of instances) {
    if (instance.alternatives === null) continue;
    const text = describeAlternatives(instance.alternatives);
    groups.set(text, [...(groups.get(text) ?? []), instance]);
  }
  if (groups.size === 0) return '';
  const lines = [...groups].flatMap(([text, group]) =>
    wrapText(
      `  ${namesOf(group)}: ${text === '' ? 'no other product or cluster has any' : text}`,
      width,
      '    ',
    ),
  );
  return `${paint('bold', 'What has stock elsewhere')}\n${lines.join('\n')}\n`;
}
