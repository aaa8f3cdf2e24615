import { expect } from 'chai';
import { clockDifference, describeClockDifference } from '../../src/core/clockDifference.js';

const serverMs = Date.UTC(2026, 10, 24, 12);
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

describe('clockDifference', () => {
  type Row = readonly [title: string, sentAfterMs: number, answeredAfterMs: number, expected: number | null];
  const table: readonly Row[] = [
    ['the same time', 0, 0, null],
    ['a minute ahead', minute, minute, null],
    ['a minute and the second that the date leaves open ahead', minute + second, minute + second, null],
    ['a moment more than that ahead', minute + second + 1, minute + second + 1, minute + 1],
    ['a minute behind', -minute, -minute, null],
    ['a moment more than a minute behind', -minute - 1, -minute - 1, -minute - 1],
    ['an hour ahead', hour, hour + 200, hour - second],
    ['an hour behind', -hour - 200, -hour, -hour],
    ['an answer that took five minutes', -5 * minute, 0, null],
    [
      'an answer that took five minutes, and a clock that is an hour ahead',
      hour,
      hour + 5 * minute,
      hour - second,
    ],
    ['a clock that was set back by an hour meanwhile', 0, -hour, -hour],
  ];
  for (const [title, sentAfterMs, answeredAfterMs, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () => {
      const sentAtMs = serverMs + sentAfterMs;
      const answeredAtMs = serverMs + answeredAfterMs;
      expect(clockDifference({ serverMs, sentAtMs, answeredAtMs })).to.equal(expected);
    });
  }
});

describe('describeClockDifference', () => {
  for (const [differenceMs, words] of [
    [minute + 1, '1 min ahead of that of api.test'],
    [-59 * minute, '59 min behind that of api.test'],
    [hour - second, '59 min ahead of'],
    [-hour, '1 h 0 min behind'],
    [25 * hour, '1 day ahead of'],
    [-400 * 24 * hour, '400 days behind'],
  ] as const) {
    it(`says ${words}`, () => {
      expect(describeClockDifference(differenceMs, 'api.test')).to.include(words);
    });
  }
});
