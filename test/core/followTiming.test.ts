import { expect } from 'chai';
import * as fc from 'fast-check';
import { followLimitMs, nextLookMs } from '../../src/core/followTiming.js';

const certain = { baseMs: 500, randomFraction: 1 };

describe('followLimitMs', () => {
  const table: readonly (readonly [string, number, number, number])[] = [
    ['as long as it was asked for', 60, 600_000, 60_000],
    ['not into the last ten seconds', 1_800, 600_000, 590_000],
    ['not into the last tenth of a short run', 60, 10_000, 9_000],
    ['not at all after the deadline', 60, -5, 0],
    ['not at all when it was not asked for', 0, 600_000, 0],
  ];
  for (const [title, waitSeconds, leftMs, expected] of table) {
    it(title, () => expect(followLimitMs(waitSeconds, leftMs)).to.equal(expected));
  }
});

describe('nextLookMs', () => {
  const limitMs = 600_000;
  it('grows up to half a minute', () => {
    const delays = [1, 2, 3, 20].map((look) => nextLookMs(look, { leftMs: limitMs, limitMs }, certain));
    expect(delays).to.deep.equal([2_000, 3_000, 4_500, 30_000]);
  });

  it('is jittered by a quarter', () => {
    const early = nextLookMs(1, { leftMs: limitMs, limitMs }, { ...certain, randomFraction: 0 });
    expect(early).to.equal(1_500);
  });

  it('looks a last time shortly before the time is up, unless it has only just looked', () => {
    expect(nextLookMs(20, { leftMs: 20_000, limitMs }, certain)).to.equal(18_000);
    expect(nextLookMs(20, { leftMs: 9_000, limitMs }, certain)).to.equal(null);
  });

  it('never goes beyond the time, and always comes to an end', () => {
    const backoff = fc.record({
      baseMs: fc.integer({ min: 1, max: 60_000 }),
      randomFraction: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_800_000 }), backoff, (limit, each) => {
        let leftMs = limit;
        for (let look = 1; look < 2_000; look += 1) {
          const delay = nextLookMs(look, { leftMs, limitMs: limit }, each);
          if (delay === null) return;
          expect(delay).to.be.at.least(0);
          leftMs -= delay;
          expect(leftMs).to.be.at.least(0);
        }
        expect.fail('it goes on for ever');
      }),
    );
  });
});
