import { expect } from 'chai';
import { createTerminalFrame, type TerminalFrame } from '../../src/runtime/terminalFrame.js';
import { screenOfTerminal } from '../support/screenOfTerminal.js';

function setUp() {
  const written: string[] = [];
  let columns = 80;
  const frame = createTerminalFrame({ write: (text) => written.push(text), width: () => columns });
  const shown = () => screenOfTerminal(written.join(''));
  return { frame, written, shown, narrowTo: (width: number) => (columns = width) };
}

describe('a frame in a terminal', () => {
  const cases: readonly (readonly [string, (frame: TerminalFrame) => void, readonly string[], boolean])[] = [
    ['draws its lines and hides the cursor', (frame) => frame.draw(['a', 'b']), ['a', 'b', ''], false],
    [
      'draws in place, however many lines it has',
      (frame) => {
        frame.draw(['one', 'two', 'three']);
        frame.draw(['four']);
        frame.draw(['five', 'six']);
      },
      ['five', 'six', ''],
      false,
    ],
    [
      'lets text go on above it',
      (frame) => {
        frame.writeAbove('before\n');
        frame.draw(['bar']);
        frame.writeAbove('first\n');
        frame.writeAbove('second\nthird\n');
        frame.draw(['bar 2']);
      },
      ['before', 'first', 'second', 'third', 'bar 2', ''],
      false,
    ],
    [
      'does not draw into a line that has not ended',
      (frame) => {
        frame.draw(['bar']);
        frame.writeAbove('half');
        frame.draw(['bar 2']);
        frame.writeAbove(' whole\n');
        frame.draw(['bar 3']);
      },
      ['half whole', 'bar 3', ''],
      false,
    ],
    [
      'leaves nothing behind',
      (frame) => {
        frame.draw(['a', 'b']);
        frame.writeAbove('log\n');
        frame.clear();
      },
      ['log', ''],
      true,
    ],
    [
      'keeps half a line when it is cleared',
      (frame) => {
        frame.draw(['a']);
        frame.writeAbove('half');
        frame.clear();
      },
      ['half'],
      true,
    ],
    [
      'can be drawn again',
      (frame) => {
        frame.draw(['a']);
        frame.clear();
        frame.draw(['b']);
        frame.clear();
        frame.draw(['c']);
      },
      ['c', ''],
      false,
    ],
  ];
  for (const [title, act, lines, cursor] of cases) {
    it(title, () => {
      const { frame, shown } = setUp();
      act(frame);
      expect(shown()).to.deep.equal({ lines, cursor });
    });
  }

  it('takes away what was typed below it', () => {
    const { frame, written, shown } = setUp();
    frame.draw(['a', 'b']);
    written.push('^Z');
    frame.clear();
    expect(shown()).to.deep.equal({ lines: [''], cursor: true });
  });

  it('writes nothing at all when it was never drawn', () => {
    const { frame, written } = setUp();
    frame.clear();
    frame.writeAbove('log\n');
    expect(written).to.deep.equal(['log\n']);
  });

  it('gives the cursor back once and no more', () => {
    const { frame, written } = setUp();
    frame.draw(['a']);
    frame.clear();
    frame.clear();
    expect(written.join('').split('\u001b[?25h')).to.have.length(2);
  });

  it('is one write each time, so that nothing is seen half drawn', () => {
    const { frame, written } = setUp();
    frame.draw(['a', 'b']);
    frame.draw(['c', 'd']);
    frame.writeAbove('log\n');
    frame.clear();
    expect(written).to.have.length(4);
  });

  it('takes away the lines that a terminal wrapped when it became narrower', () => {
    const { frame, written, narrowTo } = setUp();
    frame.draw(['x'.repeat(70), 'short']);
    narrowTo(30);
    frame.draw(['y']);
    expect(written.at(-1)?.startsWith(`\u001b[2K${'\u001b[1A\u001b[2K'.repeat(4)}\r`)).to.equal(true);
  });
});
