import { expect } from 'chai';
import { describeDuration } from '../../src/core/duration.js';

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
