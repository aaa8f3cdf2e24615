import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { askYesOrNo } from '../../src/cli/prompt.js';

describe('askYesOrNo', () => {
  const ignored = (): void => undefined;

  interface Asked {
    readonly agreed: boolean;
    readonly shown: string;
    readonly interrupted: boolean;
    readonly lost: boolean;
  }

  /** Asks on a terminal, and does something once the question stands. */
  async function ask(act: (input: PassThrough, run: AbortController) => void): Promise<Asked> {
    const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
    const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
    const run = new AbortController();
    let shown = '';
    let interrupted = false;
    let lost = false;
    output.setEncoding('utf8').on('data', (text: string) => {
      const stood = shown.includes('[y/N]');
      shown += text;
      if (!stood && shown.includes('[y/N]')) act(input, run);
    });
    const onInterrupt = (): void => {
      interrupted = true;
      run.abort();
    };
    const onLost = (): void => {
      lost = true;
      run.abort();
    };
    const options = { input, output, signal: run.signal, onInterrupt, onLost };
    const agreed = await askYesOrNo('Migrate?', options);
    await new Promise((resolve) => setImmediate(resolve));
    return { agreed, shown: stripVTControlCharacters(shown), interrupted, lost };
  }

  const cases: readonly (readonly [string, Parameters<typeof ask>[0], boolean, boolean])[] = [
    ['y', (input) => input.write('y\r'), true, false],
    ['Yes', (input) => input.write(' Yes \r'), true, false],
    ['n', (input) => input.write('n\r'), false, false],
    ['nothing', (input) => input.write('\r'), false, false],
    ['yellow', (input) => input.write('yellow\r'), false, false],
    ['Ctrl-C', (input) => input.write('\u0003'), false, true],
    ['Ctrl-D', (input) => input.write('\u0004'), false, false],
    ['the end of the input', (input) => input.end(), false, false],
    ['the end of the run', (_input, run) => run.abort(), false, false],
  ];
  for (const [title, act, agreed, interrupted] of cases) {
    it(`takes ${title} for a ${agreed ? 'yes' : 'no'}, and leaves the cursor on a new line`, async () => {
      const asked = await ask(act);
      expect(asked).to.include({ agreed, interrupted, lost: false });
      expect(asked.shown.match(/\n/g)).to.deep.equal(['\n']);
      expect(asked.shown).to.match(/\n$/);
    });
  }

  const losses: readonly (readonly [string, Parameters<typeof ask>[0]])[] = [
    ['cannot be read', (input) => input.emit('error', new Error('read EIO'))],
    [
      'cannot be given back',
      (input) => {
        // As node:tty does.
        const setRawMode = (): void => void input.emit('error', new Error('setRawMode EIO'));
        Object.assign(input, { setRawMode }).end();
      },
    ],
  ];
  for (const [title, act] of losses) {
    it(`takes a terminal that ${title} for one that is gone`, async () => {
      expect(await ask(act)).to.include({ agreed: false, interrupted: false, lost: true });
    });
  }

  it('is not put to an input that has ended', async () => {
    const input = new PassThrough();
    input.end();
    input.resume();
    await new Promise((resolve) => input.once('end', resolve));
    const signal = new AbortController().signal;
    const options = { input, output: new PassThrough(), signal, onInterrupt: ignored, onLost: ignored };
    expect(await askYesOrNo('Migrate?', options)).to.equal(false);
  });
});
