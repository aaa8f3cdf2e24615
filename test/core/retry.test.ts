import { expect } from 'chai';
import fc from 'fast-check';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import {
  type FailedAttempt,
  migrateRetryDelay,
  readRetryAfter,
  readRetryDelay,
} from '../../src/core/retry.js';

const failed = (code: ErrorCode, changes: Partial<FailedAttempt> = {}): FailedAttempt => ({
  attempt: 1,
  failure: failureOf(code),
  effect: 'none',
  retryAfterMs: null,
  ...changes,
});
const backoff = { baseMs: 500, randomFraction: 0.5 };

describe('readRetryDelay', () => {
  const table: readonly (readonly [string, FailedAttempt, number | null])[] = [
    ['the first failure', failed('server_error'), 250],
    ['the second', failed('server_error', { attempt: 2 }), 500],
    ['the third', failed('server_error', { attempt: 3 }), 1000],
    ['the last', failed('server_error', { attempt: 4 }), null],
    ['whatever effect it may have had', failed('connection_lost', { effect: 'possible' }), 250],
    ['a longer Retry-After', failed('rate_limited', { retryAfterMs: 3000 }), 3000],
    ['a shorter Retry-After', failed('rate_limited', { retryAfterMs: 10 }), 250],
    ['a refused key', failed('auth_refused'), null],
    ['an unreadable answer', failed('unreadable_answer'), null],
    ['an untrusted certificate', failed('tls_failed'), null],
  ];
  for (const [title, input, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () => expect(readRetryDelay(input, backoff)).to.equal(expected));
  }

  it('is drawn from below the doubling limit, which is never over 20 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 3 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (baseMs, attempt, randomFraction) => {
          const delay =
            readRetryDelay(failed('server_error', { attempt }), { baseMs, randomFraction }) ?? NaN;
          const limit = Math.min(20_000, baseMs * 2 ** (attempt - 1));
          expect(delay).to.equal(Math.floor(limit * randomFraction));
        },
      ),
    );
  });
});

describe('migrateRetryDelay', () => {
  const table: readonly (readonly [string, FailedAttempt, number, number | null])[] = [
    ['429', failed('rate_limited'), 4, 250],
    ['never connected', failed('network_unreachable'), 4, 250],
    ['5xx that is known to have had no effect', failed('server_error'), 4, 250],
    ['5xx', failed('server_error', { effect: 'possible' }), 4, null],
    ['a time-out', failed('request_timeout', { effect: 'possible' }), 4, null],
    ['a reset', failed('connection_lost', { effect: 'possible' }), 4, null],
    ['no capacity', failed('no_capacity'), 4, null],
    ['a conflict', failed('state_conflict'), 4, null],
    ['the last attempt', failed('rate_limited', { attempt: 4 }), 4, null],
    ['the only attempt', failed('rate_limited'), 1, null],
    ['the one before the last', failed('rate_limited', { attempt: 3 }), 4, 1000],
  ];
  for (const [title, input, limit, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () =>
      expect(migrateRetryDelay(input, backoff, limit)).to.equal(expected));
  }
});

describe('readRetryAfter', () => {
  const nowMs = Date.UTC(2026, 10, 24, 12);
  const table: readonly (readonly [string | undefined, number | null])[] = [
    [undefined, null],
    ['', null],
    ['0', 0],
    ['7', 7000],
    [' 7 ', 7000],
    ['60', 60_000],
    ['61', 60_000],
    ['1000000000', 60_000],
    ['-5', null],
    ['1.5', null],
    ['1e9', null],
    ['soon', null],
    ['2026', 60_000],
    ['Tue, 24 Nov 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['Tue, 24 Nov 2099 12:00:00 GMT', 60_000],
    ['2026-11-24T12:00:30Z', null],
    ['xTue, 24 Nov 2026 12:00:30 GMT', null],
  ];
  for (const [header, expected] of table) {
    it(`reads ${JSON.stringify(header)} as ${String(expected)} ms`, () => {
      expect(readRetryAfter(header, nowMs)).to.equal(expected);
    });
  }
});
