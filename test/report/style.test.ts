import { expect } from 'chai';
import { type ColourQuestion, wantsColour } from '../../src/report/style.js';

describe('wantsColour', () => {
  const table: readonly (readonly [string, Partial<ColourQuestion>, boolean])[] = [
    ['on a terminal', {}, true],
    ['off a terminal', { isTerminal: false }, false],
    ['with --no-color', { refused: true }, false],
    ['with NO_COLOR', { environment: { NO_COLOR: '1' } }, false],
    ['with an empty NO_COLOR', { environment: { NO_COLOR: '' } }, true],
    ['with TERM=dumb', { environment: { TERM: 'dumb' } }, false],
    ['with FORCE_COLOR off a terminal', { isTerminal: false, environment: { FORCE_COLOR: '1' } }, true],
    ['with FORCE_COLOR=0', { environment: { FORCE_COLOR: '0' } }, false],
    ['with FORCE_COLOR and --no-color', { refused: true, environment: { FORCE_COLOR: '1' } }, false],
  ];
  for (const [title, changes, expected] of table) {
    it(`is ${String(expected)} ${title}`, () => {
      expect(wantsColour({ isTerminal: true, refused: false, environment: {}, ...changes })).to.equal(
        expected,
      );
    });
  }
});
