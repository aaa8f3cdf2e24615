import { expect } from 'chai';
import { readReclaimTime } from '../../src/core/reclaimTime.js';
import { parseInstance } from '../../src/novita/schemas.js';

/** What is read from a row; undefined when the row is unreadable. */
function read<Name extends 'spotReclaimTime' | 'lastStartedAt'>(name: Name, row: string) {
  return parseInstance({ id: 'i-1', status: 'exited', ...(JSON.parse(row) as object) })?.[name];
}

describe('novita: spotReclaimTime', () => {
  const asSent: readonly (readonly [string, string | null])[] = [
    ['{}', null],
    ['{"spotReclaimTime": null}', null],
    ['{"spotReclaimTime": ""}', ''],
    ['{"spotReclaimTime": "0"}', '0'],
    ['{"spotReclaimTime": 0}', '0'],
    ['{"spotReclaimTime": -0}', '0'],
    ['{"spotReclaimTime": "1782900000"}', '1782900000'],
    ['{"spotReclaimTime": 1782900000}', '1782900000'],
    ['{"spotReclaimTime": 1.7829e9}', '1782900000'],
    ['{"spotReclaimTime": 1782900000123}', '1782900000123'],
    ['{"spotReclaimTime": "2026-07-01T10:00:00Z"}', '2026-07-01T10:00:00Z'],
    ['{"spotReclaimTime": "soon"}', 'soon'],
  ];
  for (const [row, expected] of asSent) {
    it(`passes as it came: ${row}`, () => expect(read('spotReclaimTime', row)).to.equal(expected));
  }

  for (const value of ['{}', '{"seconds": 1782900000}', '[]', '["1782900000"]', 'true', 'false']) {
    it(`makes the row unreadable when it is no text at all: ${value}`, () => {
      expect(read('spotReclaimTime', `{"spotReclaimTime": ${value}}`)).to.equal(undefined);
    });
  }

  const garbage: readonly string[] = [
    '"1782900000\\u0000"',
    '"\\u00001782900000"',
    '"1782900000\\n"',
    '"17829\\u202e00000"',
    '"1782900000\\ufeff"',
    '"1782900000\\ud800"',
    '" 1782900000"',
    '"0\\u0000"',
    '"\\u0000"',
    '"0 "',
    `"${'0'.repeat(300)}"`,
    `"1782900000${' '.repeat(300)}"`,
    '1e400',
  ];
  for (const value of garbage) {
    it(`does not become valid by being cleaned: ${value.slice(0, 40)}`, () => {
      const time = read('spotReclaimTime', `{"spotReclaimTime": ${value}}`);
      expect(readReclaimTime(time ?? null)).to.deep.equal({ kind: 'invalid' });
    });
  }
});

describe('novita: lastStartedAt', () => {
  const table: readonly (readonly [string, string, number | null])[] = [
    ['seconds as text', '"1782800000"', 1_782_800_000],
    ['seconds as a number', '1782800000', 1_782_800_000],
    ['milliseconds as text', '"1782800000999"', 1_782_800_000],
    ['milliseconds as a number', '1782800000999', 1_782_800_000],
    ['"0", which means never', '"0"', null],
    ['0', '0', null],
    ['""', '""', null],
    ['null', 'null', null],
    ['an ISO date', '"2026-07-01T10:00:00Z"', null],
    ['a fraction', '1782800000.5', null],
    ['a negative number', '-1782800000', null],
    ['more digits than a time has', '"178280000000000"', null],
    ['an object', '{"seconds": 1782800000}', null],
    ['garbage', '"yesterday"', null],
    ['a time with a control character', '"1782800000\\u0007"', null],
  ];
  for (const [title, value, expected] of table) {
    it(`may be ${title}`, () => {
      expect(read('lastStartedAt', `{"lastStartedAt": ${value}}`)).to.equal(expected);
    });
  }

  it('may be absent', () => expect(read('lastStartedAt', '{}')).to.equal(null));
});
