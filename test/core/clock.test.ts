import { expect } from 'chai';
import { nowSeconds } from '../../src/core/clock.js';

describe('nowSeconds', () => {
  const table: readonly (readonly [ms: number, seconds: number])[] = [
    [0, 0],
    [999, 0],
    [1000, 1],
    [1_795_521_600_000, 1_795_521_600],
    [1_795_521_600_999, 1_795_521_600],
  ];
  for (const [ms, seconds] of table) {
    it(`is ${seconds} at ${ms} ms`, () => expect(nowSeconds({ now: () => ms })).to.equal(seconds));
  }
});
