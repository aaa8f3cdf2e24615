import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { buildReport, type Report } from '../../src/core/report.js';
import type { ExitReason } from '../../src/core/exitCode.js';
import { afterLook, isHopeless, type WatchedList } from '../../src/core/watchedLists.js';
import { aReportInput } from '../support/builders.js';

function read(account: string | null, runId = 'run-1'): Report {
  return buildReport(aReportInput({ command: 'list', account, runId }));
}

function unread(
  account: string | null,
  code: ErrorCode = 'network_unreachable',
  exitReason: ExitReason = 'unavailable',
): Report {
  return buildReport(
    aReportInput({ command: 'list', account, runId: 'failed', failure: failureOf(code), exitReason }),
  );
}

/** Of each account, the run whose list is shown and what is wrong. */
const shownOf = (lists: readonly WatchedList[]): readonly unknown[] =>
  lists.map(({ account, shown, problem }) => [account, shown?.runId ?? null, problem?.error.code ?? null]);

describe('watched lists', () => {
  const one = afterLook([], [read(null)]);
  const two = afterLook([], [read('amber'), read('blue')]);
  const table: readonly (readonly [string, readonly WatchedList[], readonly Report[], readonly unknown[]])[] =
    [
      ['show the first list', [], [read(null)], [[null, 'run-1', null]]],
      ['show the next list', one, [read(null, 'run-2')], [[null, 'run-2', null]]],
      ['keep the last list when a look fails', one, [unread(null)], [[null, 'run-1', 'network_unreachable']]],
      [
        'forget what was wrong once it is right again',
        afterLook(one, [unread(null)]),
        [read(null, 'run-3')],
        [[null, 'run-3', null]],
      ],
      [
        'have nothing to show when the first look fails',
        [],
        [unread(null)],
        [[null, null, 'network_unreachable']],
      ],
      [
        'go on with one account when another fails',
        two,
        [read('amber', 'run-2'), unread('blue')],
        [
          ['amber', 'run-2', null],
          ['blue', 'run-1', 'network_unreachable'],
        ],
      ],
      [
        'keep all accounts when their folder cannot be read',
        two,
        [unread(null, 'config_invalid', 'config')],
        [
          ['amber', 'run-1', 'config_invalid'],
          ['blue', 'run-1', 'config_invalid'],
        ],
      ],
      [
        'drop accounts that are gone, and take new ones',
        two,
        [read('blue', 'run-2'), read('coral', 'run-2')],
        [
          ['blue', 'run-2', null],
          ['coral', 'run-2', null],
        ],
      ],
    ];
  for (const [title, before, reports, expected] of table) {
    it(title, () => expect(shownOf(afterLook(before, reports))).to.deep.equal(expected));
  }

  const hopes: readonly (readonly [string, readonly Report[], boolean])[] = [
    ['a refused key', [unread(null, 'auth_refused', 'auth')], true],
    ['a wrong configuration', [unread(null, 'config_invalid', 'config')], true],
    ['a bug', [unread(null, 'internal_error', 'internal')], true],
    ['an API that cannot be reached', [unread(null)], false],
    ['a deadline', [unread(null, 'deadline_reached', 'deadline')], false],
    ['one refused key of two', [unread('amber', 'auth_refused', 'auth'), read('blue')], false],
    [
      'two refused keys',
      [unread('amber', 'auth_refused', 'auth'), unread('blue', 'auth_refused', 'auth')],
      true,
    ],
    ['no accounts', [], false],
  ];
  for (const [title, reports, expected] of hopes) {
    it(`${expected ? 'are' : 'are not'} given up at the first look for ${title}`, () => {
      expect(isHopeless(afterLook([], reports), reports)).to.equal(expected);
    });
  }

  it('are not given up once there was a list', () => {
    const reports = [unread(null, 'auth_refused', 'auth')];
    expect(isHopeless(afterLook(one, reports), reports)).to.be.false;
  });
});
