import { expect } from 'chai';
import fc from 'fast-check';
import { errorCatalogue, type ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import {
  type Backoff,
  type FailedAttempt,
  maxAttempts,
  migrateRetryDelay,
  readRetryBudget,
  readRetryDelay,
} from '../../src/core/retry.js';

const failed = (code: ErrorCode, changes: Partial<FailedAttempt> = {}): FailedAttempt => ({
  attempt: 1,
  failure: failureOf(code),
  effect: 'none',
  retryAfterMs: null,
  ...changes,
});
const backoff: Backoff = { baseMs: 500, randomFraction: 0.5 };
const codes = Object.keys(errorCatalogue) as ErrorCode[];
const retryable: readonly ErrorCode[] = [
  'rate_limited',
  'server_error',
  'network_unreachable',
  'connection_lost',
  'request_timeout',
];

describe('the limits of sending again', () => {
  it('are four attempts of a request, and thirty reads of a run in all', () => {
    expect([maxAttempts, readRetryBudget]).to.deep.equal([4, 30]);
  });
});

describe('readRetryDelay', () => {
  const table: readonly (readonly [string, FailedAttempt, number | null])[] = [
    ['the first failure', failed('server_error'), 250],
    ['the second', failed('server_error', { attempt: 2 }), 500],
    ['the third', failed('server_error', { attempt: 3 }), 1000],
    ['the last', failed('server_error', { attempt: 4 }), null],
    ['more than allowed', failed('server_error', { attempt: 5 }), null],
    ['a longer Retry-After', failed('rate_limited', { retryAfterMs: 3000 }), 3000],
    ['a shorter Retry-After', failed('rate_limited', { retryAfterMs: 10 }), 250],
    ['a Retry-After of nothing', failed('rate_limited', { retryAfterMs: 0 }), 250],
    ['a Retry-After over the cap', failed('server_error', { retryAfterMs: 60_000 }), 60_000],
    ['a Retry-After of the last', failed('rate_limited', { attempt: 4, retryAfterMs: 10 }), null],
  ];
  for (const [title, input, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () => expect(readRetryDelay(input, backoff)).to.equal(expected));
  }

  for (const code of codes) {
    const again = retryable.includes(code);
    it(`${again ? 'sends a read again' : 'gives a read up'} after ${code}, whatever effect it may have had`, () => {
      for (const effect of ['none', 'possible'] as const) {
        expect(readRetryDelay(failed(code, { effect }), backoff) !== null, effect).to.equal(again);
      }
    });
  }
});

describe('a Retry-After and the end of the run', () => {
  const asks = failed('rate_limited', { retryAfterMs: 3000 });
  for (const [title, remainingMs, expected] of [
    ['a moment longer', 3001, 3000],
    ['exactly as long', 3000, 3000],
    ['a moment less', 2999, null],
    ['over', 0, null],
  ] as const) {
    it(`is ${String(expected)} when the run may go on for ${title}`, () => {
      expect(readRetryDelay(asks, backoff, remainingMs)).to.equal(expected);
      expect(migrateRetryDelay(asks, backoff, maxAttempts, remainingMs)).to.equal(expected);
    });
  }

  it('is nothing to look at where nothing was asked for', () => {
    expect(readRetryDelay(failed('server_error'), backoff, 0)).to.equal(250);
  });
});

describe('migrateRetryDelay', () => {
  const table: readonly (readonly [string, FailedAttempt, number, number | null])[] = [
    ['429', failed('rate_limited'), 4, 250],
    ['429 with a Retry-After', failed('rate_limited', { retryAfterMs: 3000 }), 4, 3000],
    ['never connected', failed('network_unreachable'), 4, 250],
    ['5xx that is known to have had no effect', failed('server_error'), 4, 250],
    ['the one before the last', failed('rate_limited', { attempt: 3 }), 4, 1000],
    ['the last attempt', failed('rate_limited', { attempt: 4 }), 4, null],
    ['the only attempt', failed('rate_limited'), 1, null],
    ['the first of two', failed('rate_limited'), 2, 250],
  ];
  for (const [title, input, limit, expected] of table) {
    it(`is ${String(expected)}: ${title}`, () =>
      expect(migrateRetryDelay(input, backoff, limit)).to.equal(expected));
  }

  for (const code of codes) {
    const again = retryable.includes(code);
    it(`${again ? 'sends again' : 'gives up'} after ${code} without effect, and never after a possible one`, () => {
      expect(migrateRetryDelay(failed(code), backoff, maxAttempts) !== null).to.equal(again);
      expect(migrateRetryDelay(failed(code, { effect: 'possible' }), backoff, maxAttempts)).to.equal(null);
    });
  }
});

describe('the backoff', () => {
  const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const baseMs = fc.integer({ min: 1, max: 60_000 });
  const attempt = fc.integer({ min: 1, max: maxAttempts - 1 });

  it('is whole, drawn evenly from below the doubling limit, which is never over 20 s', () => {
    fc.assert(
      fc.property(baseMs, attempt, fraction, (base, nth, randomFraction) => {
        const input = failed('rate_limited', { attempt: nth });
        const wait = readRetryDelay(input, { baseMs: base, randomFraction });
        const limit = Math.min(20_000, [0, base, 2 * base, 4 * base][nth] ?? 0);
        expect(wait).to.equal(Math.floor(limit * randomFraction));
        expect(wait).to.be.within(0, limit - 1);
        expect(migrateRetryDelay(input, { baseMs: base, randomFraction }, maxAttempts)).to.equal(wait);
      }),
    );
  });

  it('never waits less than Retry-After asks for', () => {
    fc.assert(
      fc.property(attempt, fraction, fc.nat({ max: 60_000 }), (nth, randomFraction, retryAfterMs) => {
        const input = failed('rate_limited', { attempt: nth, retryAfterMs });
        expect(readRetryDelay(input, { baseMs: 500, randomFraction })).to.be.at.least(retryAfterMs);
      }),
    );
  });
});
