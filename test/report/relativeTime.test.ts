import { expect } from 'chai';
import { relativeTime } from '../../src/report/relativeTime.js';

const minute = 60_000;
const hour = 60 * minute;

describe('relativeTime', () => {
  const table: readonly (readonly [number, string])[] = [
    [0, 'now'],
    [minute - 1, 'now'],
    [minute, 'in 1m'],
    [42 * minute + 59_999, 'in 42m'],
    [hour, 'in 1h'],
    [-minute, '1m ago'],
    [-(3 * hour + 59 * minute), '3h ago'],
    [-24 * hour, '1d ago'],
    [-400 * 24 * hour, '400d ago'],
  ];
  for (const [distance, expected] of table) {
    it(`says "${expected}" of ${distance} ms`, () => {
      const nowMs = Date.UTC(2026, 10, 24);
      expect(relativeTime(nowMs + distance, nowMs)).to.equal(expected);
    });
  }
});
