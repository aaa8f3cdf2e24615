import { describeDuration } from '../core/duration.js';
import { nameOf } from '../core/instance.js';
import type { Report } from '../core/report.js';
import { safeText } from '../core/safeText.js';
import { dataSentence } from './dataAtRiskText.js';
import { footer } from './footer.js';
import { relativeTime } from './relativeTime.js';
import { wrapLines } from './wrap.js';

/** What stands in place of the instances of an account that has none, line by line. */
export const noInstances: readonly string[] = [
  'This account has no instances.',
  'If you expect some, the key may be that of another account or team.',
];

/** What an account shows that has nothing to migrate. */
export const nothingExited = 'No exited instances: nothing to migrate.';

/**
 * Puts a screen together: the instances, the counts, and what a migration does not keep.
 *
 * @param empty - what stands in place of the instances when there are none
 * @param width - columns that what stands below the instances must fit into; null for none
 */
export function screen(report: Report, body: string, empty: string, width: number | null = null): string {
  const { instances, error, listComplete, warnings, summary } = report;
  const fit = (text: string): string => wrapLines(text, width);
  if (instances.length > 0)
    return `${body}\n${fit(`${footer(report)}\n${dataSentence(report)}${soonReclaimed(report)}${stuckOnes(report)}`)}`;
  if (error !== null) return '';
  // Where migrating is disabled, nothing is looked at and there is nothing to count.
  if (report.requests.get === 0) return fit(`${warnings.join('\n')}\n`);
  const unresolved = unresolvedTargets(report);
  const nothing = summary.total === 0 ? noInstances.join('\n') : empty;
  const instead = unresolved !== '' ? unresolved : listComplete ? nothing : warnings.join('\n');
  return fit(`${instead}\n\n${footer(report)}\n${soonReclaimed(report)}${stuckOnes(report)}`);
}

/** The ids and names that stand for no instance. */
function unresolvedTargets({ notFound, ambiguous }: Report): string {
  return [
    ...(notFound.length > 0 ? [`Not in the list of this account: ${notFound.map(safeText).join(', ')}`] : []),
    ...ambiguous.map(
      ({ target, candidates }) =>
        `${target} does not say which instance is meant; give an id: ${candidates.join(', ')}`,
    ),
  ].join('\n');
}

/** The instances whose work can still be saved. */
function soonReclaimed({ reclaimNotices }: Report): string {
  return reclaimNotices
    .map((notice) => {
      const { secondsLeft } = notice;
      const time = secondsLeft === null ? 'soon' : relativeTime(secondsLeft * 1000, 0);
      return `Reclaim notice: ${nameOf(notice)} ${time}: save its work.\n`;
    })
    .join('');
}

/** The migrations that nobody should wait for. */
function stuckOnes({ stuck }: Report): string {
  return stuck
    .map(
      (migration) =>
        `Stuck: ${nameOf(migration)} has been migrating for ${describeDuration(migration.ageSeconds)}. Ask Novita support.\n`,
    )
    .join('');
}
