import type { Report } from './report.js';
import type { ReportedError } from './reportedError.js';

/** The list of one account as it was last read, and what has gone wrong since. */
export interface WatchedList {
  /** The name of the account; null when it has none. */
  readonly account: string | null;
  /** The last report that holds a list; null while there was none. */
  readonly shown: Report | null;
  /** Why the last look did not bring a list; null when it did. */
  readonly problem: WatchProblem | null;
}

export interface WatchProblem {
  readonly error: ReportedError;
  /** When the look ended, ISO 8601. */
  readonly at: string;
}

/** Exit reasons of a first look that no later look will change. */
const lasting: ReadonlySet<string> = new Set(['auth', 'config', 'usage', 'internal']);

/**
 * What is watched after another look: a list that could be read takes the place of the one before, and one that could
 * not leaves it where it is. Accounts that are not there any more are dropped.
 *
 * @param reports - one for each account
 */
export function afterLook(
  before: readonly WatchedList[],
  reports: readonly Report[],
): readonly WatchedList[] {
  const [first] = reports;
  const concernsAll = first?.error != null && first.account === null && reports.length === 1;
  // The folder of the accounts could not be read: nothing is known of any of them.
  if (concernsAll && before.length > 0) return before.map((list) => ({ ...list, problem: problemOf(first) }));
  return reports.map((report) => {
    const { account } = report;
    const problem = problemOf(report);
    const earlier = before.find((list) => list.account === account);
    return { account, shown: problem === null ? report : (earlier?.shown ?? null), problem };
  });
}

/** True when no list was ever read and looking again would not change that. */
export function isHopeless(lists: readonly WatchedList[], reports: readonly Report[]): boolean {
  return (
    lists.every(({ shown }) => shown === null) &&
    reports.length > 0 &&
    reports.every(({ exitReason }) => lasting.has(exitReason))
  );
}

function problemOf({ error, finishedAt }: Report): WatchProblem | null {
  return error === null ? null : { error, at: finishedAt };
}
