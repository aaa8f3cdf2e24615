import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { type Cut, shorten } from '../../src/report/shorten.js';

const family = '👩‍👩‍👧‍👦';

describe('shorten', () => {
  const table: readonly (readonly [title: string, text: string, width: number, Cut, expected: string])[] = [
    ['leaves what fits', 'training', 8, 'middle', 'training'],
    ['takes the middle out', 'llama-finetune-12', 9, 'middle', 'llam…e-12'],
    ['keeps more of the beginning when it must choose', 'llama-finetune-12', 8, 'middle', 'llam…-12'],
    ['takes the end off', 'skipped: not_exited', 10, 'end', 'skipped: …'],
    ['cuts no wide character in two', '訓練訓練訓練', 6, 'end', '訓練…'],
    ['cuts no emoji in two', family.repeat(3), 5, 'middle', `${family}…${family}`],
    ['leaves combining marks where they belong', 'e\u0301'.repeat(5), 3, 'middle', 'e\u0301…e\u0301'],
    ['takes an emoji that does not fit', family, 1, 'middle', '…'],
    ['has room for the mark alone', 'training', 1, 'end', '…'],
    ['has no room at all', 'training', 0, 'middle', ''],
    ['takes nothing', '', 0, 'end', ''],
  ];
  for (const [title, text, width, cut, expected] of table) {
    it(title, () => expect(shorten(text, width, cut)).to.equal(expected));
  }

  it('never gives more than fits, whatever the text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(text, fc.nat(30), fc.constantFrom<Cut>('middle', 'end'), (given, width, cut) => {
        const shown = shorten(given, width, cut);
        expect(stringWidth(shown)).to.be.at.most(width);
        if (stringWidth(given) <= width) expect(shown).to.equal(given);
      }),
    );
  });
});
