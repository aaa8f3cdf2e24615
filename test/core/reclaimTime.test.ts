import { expect } from 'chai';
import { type ReclaimTime, readReclaimTime } from '../../src/core/reclaimTime.js';

const invalid: ReclaimTime = { kind: 'invalid' };
const none: ReclaimTime = { kind: 'none' };

describe('readReclaimTime', () => {
  const table: readonly (readonly [string | null, ReclaimTime])[] = [
    [null, none],
    ['', none],
    ['0', none],
    ['1795521600', { kind: 'at', seconds: 1_795_521_600 }],
    ['1577836800', { kind: 'at', seconds: 1_577_836_800 }],
    ['1577836799', invalid],
    ['4102444800', { kind: 'at', seconds: 4_102_444_800 }],
    ['4102444801', invalid],
    ['00', invalid],
    ['000000000000', invalid],
    ['1', invalid],
    ['1795521600000', invalid],
    ['-1795521600', invalid],
    ['+1795521600', invalid],
    ['1795521600.5', invalid],
    ['1.7955216e9', invalid],
    ['0x6B0646C0', invalid],
    [' 1795521600', invalid],
    ['1795521600 ', invalid],
    ['1795521600\n', invalid],
    [' ', invalid],
    ['2026-11-24T12:00:00Z', invalid],
    ['null', invalid],
    ['NaN', invalid],
    ['Infinity', invalid],
    ['１７９５５２１６００', invalid],
  ];
  for (const [raw, expected] of table) {
    it(`reads ${JSON.stringify(raw)} as ${expected.kind}`, () => {
      expect(readReclaimTime(raw)).to.deep.equal(expected);
    });
  }
});
