import { expect } from 'chai';
import { describeDuration, elapsedTime } from '../../src/core/duration.js';

describe('describeDuration', () => {
  const table: readonly (readonly [number, string])[] = [
    [-1, '0s'],
    [0, '0s'],
    [42.4, '42s'],
    [59.9, '1m'],
    [65, '1m 5s'],
    [3_600, '1h'],
    [12_345, '3h 25m'],
    [86_400 * 2 + 3_600, '2d 1h'],
    [86_400 * 2 + 59, '2d'],
  ];
  for (const [seconds, text] of table) {
    it(`${seconds} s: ${text}`, () => expect(describeDuration(seconds)).to.equal(text));
  }
});

describe('elapsedTime', () => {
  const cases: readonly (readonly [number, string])[] = [
    [-5, '0s'],
    [999, '0s'],
    [59_999, '59s'],
    [60_000, '1m 00s'],
    [3_599_999, '59m 59s'],
    [7_500_000, '2h 05m'],
    [2 * 86_400_000, '2d 00h'],
  ];
  for (const [ms, expected] of cases) {
    it(`writes ${ms} ms`, () => expect(elapsedTime(ms)).to.equal(expected));
  }
});
