import { expect } from 'chai';
import { cleanText, isUnsafeText } from '../../src/novita/cleanText.js';
import { parseInstance } from '../../src/novita/schemas.js';

const unsafe: readonly (readonly [string, string])[] = [
  ['NUL', '\u0000'],
  ['bell', '\u0007'],
  ['line feed', '\n'],
  ['carriage return', '\r'],
  ['tab', '\t'],
  ['escape', '\u001b'],
  ['delete', '\u007f'],
  ['C1 control sequence introducer', '\u009b'],
  ['next line', '\u0085'],
  ['left-to-right mark', '\u200e'],
  ['right-to-left mark', '\u200f'],
  ['Arabic letter mark', '\u061c'],
  ['right-to-left override', '\u202e'],
  ['left-to-right embedding', '\u202a'],
  ['right-to-left isolate', '\u2067'],
  ['pop directional isolate', '\u2069'],
  ['line separator', '\u2028'],
  ['paragraph separator', '\u2029'],
  ['byte order mark', '\ufeff'],
  ['lone high surrogate', '\ud83d'],
  ['lone low surrogate', '\ude00'],
];

describe('novita: hostile text', () => {
  for (const [title, character] of unsafe) {
    it(`replaces a ${title}, wherever it stands`, () => {
      expect(cleanText(`${character}a${character}b${character}`)).to.equal('\uFFFDa\uFFFDb\uFFFD');
      expect(isUnsafeText(`a${character}`)).to.equal(true);
    });

    it(`replaces a ${title} in a name, and leaves out a row that has it in its id`, () => {
      const row = { id: 'i-1', name: `a${character}b`, status: `exited${character}` };
      expect(parseInstance(row)).to.include({ name: 'a\uFFFDb', status: 'exited\uFFFD' });
      expect(parseInstance({ ...row, id: `i-1${character}` })).to.equal(null);
    });
  }

  for (const text of ['trainer', 'Größe 1', 'モデル', '😀', 'a b', 'e\u0301', '']) {
    it(`leaves ${JSON.stringify(text)} as it is`, () => {
      expect(cleanText(text)).to.equal(text);
      expect(isUnsafeText(text)).to.equal(false);
    });
  }

  it('shortens text of more than 256 characters', () => {
    expect(cleanText('x'.repeat(257))).to.equal('x'.repeat(256));
    expect(cleanText('x'.repeat(256))).to.equal('x'.repeat(256));
  });

  it('does not leave half a character behind when it shortens', () => {
    expect(cleanText(`${'x'.repeat(255)}😀`)).to.equal(`${'x'.repeat(255)}\uFFFD`);
  });
});
