import { expect } from 'chai';
import { isoSeconds } from '../../src/core/isoTime.js';

describe('isoSeconds', () => {
  const table: readonly (readonly [number | null, string | null])[] = [
    [null, null],
    [0, '1970-01-01T00:00:00.000Z'],
    [1_795_516_989, '2026-11-24T10:43:09.000Z'],
    [8_640_000_000_000, '+275760-09-13T00:00:00.000Z'],
    [8_640_000_000_001, null],
    [NaN, null],
  ];
  for (const [seconds, expected] of table) {
    it(`is ${String(expected)} for ${String(seconds)}`, () => expect(isoSeconds(seconds)).to.equal(expected));
  }
});
