import { expect } from 'chai';
import { readStyledText, type StyledPiece } from './styledText.js';

const esc = '\u001b';

function piece(text: string, style: Partial<StyledPiece> = {}): StyledPiece {
  return { colour: null, bold: false, dim: false, text, ...style };
}

const cases: readonly (readonly [
  title: string,
  written: string,
  lines: readonly (readonly StyledPiece[])[],
])[] = [
  ['plain lines', 'a b\n\nc', [[piece('a b')], [], [piece('c')]]],
  [
    'a colour and its end',
    `a ${esc}[32mb${esc}[39m c`,
    [[piece('a '), piece('b', { colour: 'green' }), piece(' c')]],
  ],
  [
    'bold in a colour',
    `${esc}[31m${esc}[1ma${esc}[22mb`,
    [[piece('a', { colour: 'red', bold: true }), piece('b', { colour: 'red' })]],
  ],
  ['several codes at once', `${esc}[1;33ma`, [[piece('a', { colour: 'yellow', bold: true })]]],
  [
    'a style over the end of a line',
    `${esc}[2ma\nb`,
    [[piece('a', { dim: true })], [piece('b', { dim: true })]],
  ],
  ['a reset without a number', `${esc}[1ma${esc}[mb`, [[piece('a', { bold: true }), piece('b')]]],
];

describe('the text of a screen', () => {
  for (const [title, written, lines] of cases) {
    it(`is read: ${title}`, () => expect(readStyledText(written)).to.deep.equal(lines));
  }

  for (const written of [
    `${esc}[2J`,
    `${esc}[44ma`,
    `${esc}[1;44ma`,
    'a\rb',
    `a${esc}`,
    `${esc}]0;title\u0007`,
  ]) {
    it(`is refused rather than guessed at: ${JSON.stringify(written)}`, () => {
      expect(() => readStyledText(written)).to.throw('Not known how this would look');
    });
  }
});
