import { expect } from 'chai';
import fc from 'fast-check';
import { type ReclaimTime, readReclaimTime } from '../../src/core/reclaimTime.js';

const invalid: ReclaimTime = { kind: 'invalid' };
const none: ReclaimTime = { kind: 'none' };

describe('readReclaimTime', () => {
  const table: readonly (readonly [string | null, ReclaimTime])[] = [
    [null, none],
    ['', none],
    ['0', none],
    ['1700000000', { kind: 'at', seconds: 1_700_000_000 }],
    ['1795521600', { kind: 'at', seconds: 1_795_521_600 }],
    ['1577836800', { kind: 'at', seconds: 1_577_836_800 }],
    ['1577836799', invalid],
    ['4102444800', { kind: 'at', seconds: 4_102_444_800 }],
    ['4102444801', invalid],
    ['00', invalid],
    ['000000000000', invalid],
    ['1', invalid],
    ['999999999999', invalid],
    ['1795521600000', invalid],
    ['9'.repeat(400), invalid],
    ['-1', invalid],
    ['-0', invalid],
    ['-1795521600', invalid],
    ['+1795521600', invalid],
    ['1795521600.5', invalid],
    ['1.7955216e9', invalid],
    ['0x6B0646C0', invalid],
    [' 1795521600', invalid],
    ['1795521600 ', invalid],
    ['1795521600\n', invalid],
    ['\n1795521600', invalid],
    ['\t1795521600', invalid],
    ['1795 521600', invalid],
    ['1,795,521,600', invalid],
    ['1_795_521_600', invalid],
    ['1795521600n', invalid],
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

  const earliest = Date.UTC(2020, 0, 1) / 1000;
  const latest = Date.UTC(2100, 0, 1) / 1000;

  it('reads every second of the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: earliest, max: latest }), (seconds) => {
        expect(readReclaimTime(String(seconds))).to.deep.equal({ kind: 'at', seconds });
      }),
    );
  });

  it('reads no second before or after it', () => {
    const outside = fc.oneof(
      fc.integer({ min: 1, max: earliest - 1 }),
      fc.integer({ min: latest + 1, max: Number.MAX_SAFE_INTEGER }),
    );
    fc.assert(
      fc.property(outside, (seconds) => {
        expect(readReclaimTime(String(seconds))).to.deep.equal(invalid);
      }),
    );
  });
});
