import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { wrapText } from '../../src/report/wrap.js';

describe('wrapText', () => {
  const cases: readonly (readonly [string, string, number | null, string, readonly string[]])[] = [
    ['a text that fits', 'one two', 7, '', ['one two']],
    ['any text without a width', 'one two three', null, '', ['one two three']],
    ['a text that does not fit', 'one two three', 9, '', ['one two', 'three']],
    ['a text with an indent', 'one two three four', 14, '  ', ['one two three', '  four']],
    ['its own indent first', '  one two three four', 14, '    ', ['  one two', '    three four']],
    ['a word that is too long', 'abcdefghijklmnop', 12, '  ', ['abcdefghijkl', '  mnop']],
    ['wide characters', '実験実験 実験', 8, '', ['実験実験', '実験']],
    ['a wide word that is too long', '実験実験実', 5, '', ['実験', '実験', '実']],
    ['an indent that has no room', 'one two three', 8, '    ', ['one two', 'three']],
    ['nothing', '', 5, '', ['']],
  ];
  for (const [title, text, width, indent, expected] of cases) {
    it(`breaks ${title}`, () => {
      expect(wrapText(text, width, indent)).to.deep.equal(expected);
    });
  }

  it('never makes a line that is too wide, and loses nothing but blanks', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 80 });
    // A single character, such as one of musical notation, may be three columns wide.
    const widths = fc.integer({ min: 4, max: 50 });
    const indents = fc.constantFrom('', '  ', '    ');
    fc.assert(
      fc.property(texts, widths, indents, (text, width, indent) => {
        const lines = wrapText(text, width, indent);
        for (const line of lines) expect(stringWidth(line)).to.be.at.most(width);
        expect(lines.join('').replaceAll(/\s/g, '')).to.equal(text.replaceAll(/\s/g, ''));
      }),
    );
  });
});
