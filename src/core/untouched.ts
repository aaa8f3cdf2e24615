import type { Report } from './report.js';

/** How little a run did that ended before its time; null when it may have changed something. */
export type Untouched = 'not_looked' | 'not_changed' | null;

/** Reads off a report what its run certainly left alone. A bug leaves nothing certain. */
export function untouchedBy(report: Report): Untouched {
  const { error, requests, listComplete, summary, notFound } = report;
  if (error?.code === 'internal_error' || requests.post > 0) return null;
  const looked = listComplete || summary.total > 0 || notFound.length > 0;
  return looked ? 'not_changed' : 'not_looked';
}

/** The same for people. */
export const untouchedWords: Readonly<Record<Exclude<Untouched, null>, string>> = {
  not_looked: 'No instance was looked at, and nothing was changed.',
  not_changed: 'Nothing was changed.',
};
