import { nameOrId } from '../core/instance.js';
import type { ReportedInstance } from '../core/reportedInstance.js';
import type { TableOptions } from './columnsOfInstances.js';
import { wrapText } from './wrap.js';

const namedInstances = 3;

/**
 * What can be done about the instances that were not migrated, those with the same outcome and step together.
 * Empty when nothing is left to do; else it ends with a line feed.
 */
export function renderNextSteps(
  instances: readonly ReportedInstance[],
  { paint, width = null }: TableOptions,
): string {
  const groups = new Map<string, ReportedInstance[]>();
  for (const instance of instances) {
    if (instance.nextStep === null) continue;
    const key = JSON.stringify([instance.outcome, stepOfAny(instance)]);
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  if (groups.size === 0) return '';
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const step = group.length === 1 ? (first.nextStep ?? '') : stepOfAny(first);
    return wrapText(`  ${namesOf(group)} (${first.outcome ?? ''}): ${step}`, width, '    ');
  });
  return `${paint('bold', 'What is left to do')}\n${lines.join('\n')}\n`;
}

/** The step of an instance in words that fit the others as well. */
function stepOfAny({ id, nextStep }: ReportedInstance): string {
  return (nextStep ?? '').replaceAll(`check ${id}"`, 'check <id>"');
}

/** The names of a few instances of a group, and how many more there are. */
export function namesOf(group: readonly ReportedInstance[]): string {
  const named = group.slice(0, namedInstances).map(nameOrId);
  const left = group.length - named.length;
  return `${named.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}
