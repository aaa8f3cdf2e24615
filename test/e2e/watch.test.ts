import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startSandbox } from '../../src/sandbox/server.js';
import { openTerminal } from '../support/onTerminal.js';
import { until } from '../support/until.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));
const [takeOver, giveBack] = ['\u001b[?1049h\u001b[?25l', '\u001b[?1049l\u001b[?25h'];

describe('list --watch on a terminal', function () {
  this.timeout(60_000);

  it('draws in place, goes on when a look fails, and gives the terminal back on Ctrl-C', async () => {
    const sandbox = await startSandbox({ scenario: 'demo', now: Date.now });
    const terminal = openTerminal(`exec ${process.execPath} -- ${program} list --watch 5 --no-color`, {
      width: 90,
      height: 14,
      environment: {
        PATH: '/usr/bin:/bin',
        HOME: '/home/nobody',
        TERM: 'xterm-256color',
        NOVITA_API_BASE_URL: sandbox.baseUrl,
        NOVITA_API_KEY: sandbox.apiKey,
        MIGRATION_RETRY_BASE_MS: '1',
      },
    });
    try {
      await until(() => terminal.shown().includes('llama-finetune-1'));
      await sandbox.close();
      await until(() => terminal.shown().includes('ECONNREFUSED'));
      terminal.type('\u0003');
    } catch (error) {
      terminal.close();
      throw error;
    }
    const { code, shown } = await terminal.ended;

    expect(code).to.equal(0);
    expect(shown.startsWith(takeOver), JSON.stringify(shown.slice(0, 40))).to.be.true;
    expect(shown.split(giveBack)).to.have.length(2);
    const [drawn = '', kept = ''] = shown.split(giveBack);
    const frames = drawn.split('\u001b[H').slice(1);
    expect(frames.length).to.be.at.least(3);
    for (const frame of frames) expect(frame.split('\n').length).to.be.at.most(13);
    expect(frames.at(-1)).to.match(/Not read at [\d:]+ UTC/);
    expect(kept).to.match(
      /^novita-spot list: read at [^]*ECONNREFUSED[^]*llama-finetune-1[^]*\.\.\. and \d+ more\n/,
    );
    // Neither a line of the log nor anything else came between.
    expect(shown).not.to.match(/\b(info|warn|error) {1,2}[A-Z]/);
  });
});
