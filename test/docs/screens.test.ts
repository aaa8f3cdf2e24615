import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import { screens } from '../screens/screens.js';
import type { Shot } from '../screens/screen.js';
import { goldenFolder, type TakenScreen, takeScreens } from '../screens/takenScreens.js';
import { tooWide } from '../screens/tooWide.js';

const whatToDo = 'when this is what it shall look like, run: npm run screens';

/** Lines of the log are left to the terminal to wrap: broken, they could be neither searched nor copied. */
const lineOfLog = /^\d\d:\d\d:\d\d (debug|info |warn |error) /;

function widthOf({ text }: Shot): number {
  const lines = text.split('\n').filter((line) => !lineOfLog.test(line));
  return Math.max(...lines.map((line) => stringWidth(line)));
}

/** Markdown is not for terminals, and --wide asks for lines that are as long as they need to be. */
function mustFit({ screen }: TakenScreen): boolean {
  return !screen.args.includes('markdown') && !screen.args.includes('--wide');
}

describe('the screens', () => {
  let taken: ReadonlyMap<string, TakenScreen>;
  before(async function () {
    this.timeout(60_000);
    taken = new Map((await takeScreens()).map((each) => [each.screen.name, each]));
  });

  it('have a golden file each, and there is no other', () => {
    const names = screens.map(({ name }) => `${name}.txt`);
    expect(new Set(names)).to.have.property('size', names.length);
    expect(readdirSync(goldenFolder), whatToDo).to.have.members(names);
  });

  for (const { name } of screens) {
    it(`${name} is as in its golden file`, () => {
      const screen = taken.get(name);
      const golden = new URL(screen?.name ?? '', goldenFolder);
      expect(screen?.text, whatToDo).to.equal(existsSync(golden) ? readFileSync(golden, 'utf8') : '');
    });

    it(`${name} is the same without its colours`, () => {
      for (const { terminal, text } of taken.get(name)?.shots ?? []) {
        if (!terminal.colour) expect(text).to.equal(stripVTControlCharacters(text));
        const plain = taken
          .get(name)
          ?.shots.find((other) => !other.terminal.colour && other.terminal.width === terminal.width);
        expect(stripVTControlCharacters(text)).to.equal(plain?.text);
      }
    });
  }

  it('fit the terminal, but for those that are known not to', () => {
    const found = [...taken.values()]
      .filter(mustFit)
      .flatMap(({ screen, shots }) =>
        shots
          .filter((shot) => !shot.terminal.colour && widthOf(shot) > shot.terminal.width)
          .map(({ terminal }) => `${screen.name} ${terminal.width}`),
      );
    expect(found, 'test/screens/tooWide.ts names the exceptions, and no other').to.have.members(tooWide);
  });
});
