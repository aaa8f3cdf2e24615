import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { masked } from '../screens/masked.js';
import { nameOfTerminal, type Terminal } from '../screens/screen.js';
import { screens } from '../screens/screens.js';
import { inStandingTime } from '../screens/standingTime.js';
import { takeShot } from '../screens/takeShot.js';
import { bundledScript } from '../support/bundledScript.js';
import { startInParallel } from '../support/inParallel.js';
import { runOnTerminal } from '../support/onTerminal.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));
const standStill = bundledScript(new URL('../screens/standStill.ts', import.meta.url));

/** What needs nothing but the program: neither an answer nor a place that was prepared. */
const cases: readonly (readonly [name: string, terminal: Terminal, columns?: number])[] = [
  ['list', { width: 80, colour: true }],
  ['check', { width: 120, colour: false }],
  ['migrate-dry-run', { width: 120, colour: true }],
  ['help-migrate', { width: 120, colour: true }],
  ['error-no-key', { width: 80, colour: true }],
  // One that nobody gave a size.
  ['help-check', { width: 80, colour: true }, 0],
];

describe('a real terminal', () => {
  const shownOn = startInParallel(cases, ([name, { width, colour }, columns = width]) => {
    const { args = [], environment = {} } = screens.find((screen) => screen.name === name) ?? {};
    return runOnTerminal(`exec ${process.execPath} --import ${standStill} -- ${program} ${args.join(' ')}`, {
      width: columns,
      environment: {
        PATH: '/usr/bin:/bin',
        HOME: '/home/nobody',
        TERM: 'xterm-256color',
        ...(colour ? {} : { NO_COLOR: '1' }),
        ...environment,
      },
    });
  });

  for (const each of cases) {
    const [name, terminal, columns = terminal.width] = each;
    it(`shows ${name} as the golden file has it, at ${nameOfTerminal({ ...terminal, width: columns })}`, async () => {
      const screen = screens.find((candidate) => candidate.name === name);
      if (screen === undefined) throw new Error(`There is no screen ${name}`);
      const { code, shown } = await shownOn(each);
      const shot = await inStandingTime(() => takeShot(screen, terminal));
      expect(masked(shown)).to.equal(shot.text);
      expect(code).to.equal(shot.exitCode);
    });
  }
});
