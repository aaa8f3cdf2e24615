import { expect } from 'chai';
import { showReadingLine } from '../../src/composition/readingLine.js';
import { handDriven } from './handDriven.js';

function setUp() {
  const { parts, pass, stops } = handDriven();
  const drawn: string[] = [];
  const hasRead = showReadingLine({
    ...parts,
    frame: { draw: (lines) => drawn.push(lines.join('|')), clear: () => drawn.push('cleared') },
  });
  return { drawn, hasRead, pass, stops };
}

describe('showReadingLine', () => {
  it('draws nothing for what comes at once', () => {
    const { drawn, hasRead, pass } = setUp();
    pass(250);
    hasRead();
    pass(60_000);
    expect(drawn).to.deep.equal(['cleared']);
  });

  it('says how long it takes, and is taken away once', () => {
    const { drawn, hasRead, pass } = setUp();
    pass(500);
    pass(60_000);
    hasRead();
    hasRead();
    expect(drawn).to.deep.equal(['Reading instances  0s', 'Reading instances  1m 00s', 'cleared']);
  });

  it('gives the terminal back while it is stopped', () => {
    const { drawn, hasRead, pass, stops } = setUp();
    pass(900);
    stops()?.stopping();
    pass(100);
    stops()?.continued();
    hasRead();
    expect(stops()).to.equal(null);
    expect(drawn.filter((text) => text === 'cleared')).to.have.length(2);
  });
});
