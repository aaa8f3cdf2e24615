import { expect } from 'chai';
import fc from 'fast-check';
import { createScrubber } from '../../src/runtime/secrets.js';

const key = 'sk_"canary"/+key%20_1234567890';

describe('createScrubber', () => {
  const scrub = createScrubber([key]);

  const forms: readonly (readonly [string, string])[] = [
    ['as it is', key],
    ['inside JSON', JSON.stringify({ authorization: key })],
    ['in a URL', `https://example.test/?key=${encodeURIComponent(key)}`],
    ['in base64', Buffer.from(key).toString('base64')],
    ['in base64 for URLs', Buffer.from(key).toString('base64url')],
    ['in base64 behind one byte', Buffer.from(`:${key}`).toString('base64')],
    ['in base64 behind a user name', Buffer.from(`user:${key}`).toString('base64')],
  ];
  for (const [title, text] of forms) {
    it(`takes the key out ${title}`, () => {
      const clean = scrub(`before ${text} after`);
      expect(clean).to.include('[redacted]');
      expect(clean).not.to.include('canary');
      expect(clean)
        .to.match(/^before /)
        .and.match(/ after$/);
    });
  }

  it('takes out a secret that is far too long for a pattern, in every form', () => {
    const long = Array.from({ length: 5_000 }, (_, index) => `${index}-canary`).join('+');
    const clean = createScrubber([key, long]);
    for (const text of [long, JSON.stringify({ long }), Buffer.from(long).toString('base64'), key]) {
      expect(clean(`before ${text} after`)).to.match(/^before .*\[redacted\].* after$/);
      expect(clean(`before ${text} after`).length).to.be.below(60);
    }
  });

  it('takes out a secret whole of which another one is the beginning', () => {
    const secrets = ['canary-1', 'canary-1-and-more'];
    for (const order of [secrets, secrets.toReversed()])
      expect(createScrubber(order)('canary-1-and-more, canary-1')).to.equal('[redacted], [redacted]');
  });

  it('leaves other text as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes('canary'));
        expect(createScrubber(['a-secret-that-is-not-in-it'])(text)).to.equal(text);
      }),
    );
  });

  it('takes every one of several secrets out, wherever they stand', () => {
    const scrubBoth = createScrubber(['first-secret', 'second-secret', '']);
    expect(scrubBoth('first-secret first-secret, second-secret')).to.equal(
      '[redacted] [redacted], [redacted]',
    );
  });
});
