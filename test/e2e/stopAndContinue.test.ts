import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { openTerminal } from '../support/onTerminal.js';
import { until } from '../support/until.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));
const [hidden, visible] = ['\u001b[?25l', '\u001b[?25h'];
const stopKey = '\u001a';

interface Case {
  readonly args: string;
  /** What is seen before it is stopped, and again after it goes on. */
  readonly seen: string;
  /** What is typed then. */
  readonly keys: string;
  /** What comes at last. */
  readonly end: string;
  /** True when the cursor is hidden while it goes on. */
  readonly draws: boolean;
}

const cases: readonly (readonly [string, Case])[] = [
  [
    'the question',
    { args: 'migrate --sandbox', seen: '[y/N]', keys: 'y\r', end: '4 eligible, 4 migrated.', draws: false },
  ],
  [
    'the progress',
    { args: 'migrate --sandbox busy --yes', seen: '/24  ', keys: '\u0003', end: 'not started.', draws: true },
  ],
  [
    'list --watch',
    {
      args: 'list --sandbox --watch',
      seen: 'llama-finetune-1',
      keys: '\u0003',
      end: '13 instances',
      draws: true,
    },
  ],
];

describe('Ctrl-Z and fg', function () {
  this.timeout(60_000);

  for (const [title, { args, seen, keys, end, draws }] of cases) {
    it(`stop ${title}, give the shell its terminal, and go on with it`, async () => {
      const terminal = openTerminal('exec bash --norc --noprofile -i', {
        width: 100,
        height: 60,
        environment: { PATH: '/usr/bin:/bin', HOME: '/home/nobody', TERM: 'xterm-256color', PS1: '$ ' },
      });
      const sinceNow = (): (() => string) => {
        const { length } = terminal.shown();
        return () => terminal.shown().slice(length);
      };
      try {
        terminal.type(`${process.execPath} -- ${program} ${args}; echo ended with $?\r`);
        await until(() => terminal.shown().includes(seen) && terminal.shown().includes(hidden) === draws);
        const stopped = sinceNow();
        terminal.type(stopKey);
        await until(() => stopped().includes('Stopped'));
        const before = terminal.shown();
        expect(before.lastIndexOf(visible) > before.lastIndexOf(hidden), before).to.equal(draws);

        const continued = sinceNow();
        terminal.type('fg\r');
        await until(() => continued().includes(seen) && continued().includes(hidden) === draws);
        const ended = sinceNow();
        terminal.type(keys);
        await until(() => ended().includes(end));
        await until(() => ended().endsWith('$ '));
        terminal.type('exit\r');
        await terminal.ended;
      } finally {
        terminal.close();
      }
    });
  }
});
