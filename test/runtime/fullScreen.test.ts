import { expect } from 'chai';
import { openFullScreen } from '../../src/runtime/fullScreen.js';

describe('the full screen', () => {
  it('begins every draw at the top, erases what is left over, and gives the terminal back once', () => {
    const written: string[] = [];
    const screen = openFullScreen((text) => written.push(text));
    screen.draw(['one', 'two']);
    screen.draw([]);
    screen.close();
    screen.close();
    screen.draw(['too late']);
    expect(written).to.deep.equal([
      '\u001b[?1049h\u001b[?25l\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J',
      '\u001b[H\u001b[J',
      '\u001b[?1049l\u001b[?25h',
    ]);
  });

  it('gives the terminal back for a while, and takes it again to draw', () => {
    const written: string[] = [];
    const screen = openFullScreen((text) => written.push(text));
    screen.suspend();
    screen.draw(['one']);
    screen.suspend();
    screen.suspend();
    screen.draw(['one']);
    screen.suspend();
    screen.close();
    expect(written).to.deep.equal([
      '\u001b[?1049h\u001b[?25l\u001b[Hone\u001b[K\u001b[J',
      '\u001b[?1049l\u001b[?25h',
      '\u001b[?1049h\u001b[?25l\u001b[Hone\u001b[K\u001b[J',
      '\u001b[?1049l\u001b[?25h',
    ]);
  });
});
