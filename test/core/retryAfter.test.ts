import { expect } from 'chai';
import fc from 'fast-check';
import { readRetryAfter } from '../../src/core/retry.js';

const nowMs = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;
const day = 24 * 60 * minute;

describe('readRetryAfter', () => {
  const table: readonly (readonly [string, string | undefined, number | null])[] = [
    ['absent', undefined, null],
    ['empty', '', null],
    ['blank', '  ', null],
    ['no wait', '0', 0],
    ['seconds', '7', 7000],
    ['seconds between blanks', ' 7 ', 7000],
    ['leading zeros', '007', 7000],
    ['a minute', '60', minute],
    ['a second more than a minute', '61', 61_000],
    ['decades', '1000000000', day],
    ['more than a number holds', '9'.repeat(400), day],
    ['a year', '2026', 2_026_000],
    ['negative', '-5', null],
    ['signed', '+5', null],
    ['a fraction', '1.5', null],
    ['an exponent', '1e9', null],
    ['hexadecimal', '0x10', null],
    ['a word', 'soon', null],
    ['two numbers', '5, 6', null],
    ['seconds with a unit', '5s', null],
    ['a later date', 'Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['a date between blanks', ' Tue, 24 Nov 2026 12:00:30 GMT ', 30_000],
    ['the date of now', 'Tue, 24 Nov 2026 12:00:00 GMT', 0],
    ['a date in the past', 'Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['a date long past', 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['a date in a minute', 'Tue, 24 Nov 2026 12:01:00 GMT', minute],
    ['a date far ahead', 'Tue, 24 Nov 2099 12:00:00 GMT', day],
    ['an ISO date', '2026-11-24T12:00:30Z', null],
    ['something before a date', 'xTue, 24 Nov 2026 12:00:30 GMT', null],
    ['an impossible date', 'Tue, 99 Nov 2026 12:00:30 GMT', null],
    ['a weekday and a word', 'Tue, soon', null],
    ['a weekday and a number', 'Tue, -5', null],
    [
      'a date without its zone, which would be read in that of this machine',
      'Tue, 24 Nov 2026 12:00:30',
      null,
    ],
  ];
  for (const [title, header, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () => expect(readRetryAfter(header, nowMs)).to.equal(expected));
  }

  it('is never below zero or over a day, whatever the header', () => {
    const header = fc.oneof(
      fc.string(),
      fc.bigInt().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(header, (text) => {
        const wait = readRetryAfter(text, nowMs);
        if (wait !== null) expect(wait).to.be.within(0, day);
      }),
    );
  });
});
