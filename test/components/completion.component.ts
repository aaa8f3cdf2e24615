import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { completionCommand } from '../../src/cli/commands/completion.js';
import { bash, completeInFish, pathWithProgram, zsh, zshBegins, zshInsertsAll } from './completionShells.js';
import { attached, cases } from './completionCases.js';
import { openShellTerminal, type ShellTerminal } from './shellTerminal.js';

const scripts = fileURLToPath(new URL('../../completions/', import.meta.url));
const [inBash, inZsh, inFish] = completionCommand.examples.map(({ line }) => line);

const bashPackage = `export XDG_DATA_HOME="$HOME/data"
mkdir -p "$XDG_DATA_HOME/bash-completion/completions"
cp ${scripts}novita-spot.bash "$XDG_DATA_HOME/bash-completion/completions/"
source /usr/share/bash-completion/bash_completion`;

const terminals = [
  { title: 'bash, as the help says', ...bash, startText: inBash ?? '' },
  { title: 'bash with the bash-completion package, which finds the script', ...bash, startText: bashPackage },
  {
    title: 'bash where "=" breaks no words and completion options cannot be changed, as up to 3.2',
    ...bash,
    startText: `COMP_WORDBREAKS=\${COMP_WORDBREAKS/=/}
compopt() { return 1; }
source ${scripts}novita-spot.bash
complete -o filenames -F _novita_spot novita-spot`,
  },
  {
    title: 'zsh, which finds the script',
    ...zsh,
    startText: `fpath=(${scripts} $fpath)
${zshBegins}
${zshInsertsAll}`,
  },
  {
    title: 'zsh, as the help says',
    ...zsh,
    startText: `${zshBegins}
${inZsh}
${zshInsertsAll}`,
  },
];

describe('completion on a terminal', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-completion-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, shell] of terminals.entries()) {
    describe(shell.title, () => {
      let terminal: ShellTerminal;
      before(async () => {
        const own = join(folder, String(index));
        const home = join(own, 'home');
        mkdirSync(home, { recursive: true });
        writeFileSync(join(home, 'sandbox env.txt'), '');
        terminal = await openShellTerminal(shell, { folder: own, home, path: pathWithProgram(folder) });
      });
      after(() => terminal.close());

      for (const { title, line, offers } of [...cases, ...attached]) {
        it(`offers ${title}`, async () => {
          const typed = line.split(' ').slice(1);
          const completed = offers.length === 0 ? typed : [...typed.slice(0, -1), ...offers];
          expect(await terminal.complete(line)).to.deep.equal(completed);
        });
      }
    });
  }
});

describe('completion in fish', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-completion-'));
    writeFileSync(join(folder, 'sandbox env.txt'), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const complete = (line: string, start = `source ${scripts}novita-spot.fish`) =>
    completeInFish(line, start, folder);

  for (const { title, line, offers } of [...cases, ...attached]) {
    it(`offers ${title}`, async () => {
      const words = (await complete(line)).map((offer) => offer.split('\t')[0]);
      expect(words.sort()).to.deep.equal(offers);
    });
  }

  it('works as the help says', async () => {
    expect(await complete('novita-spot mi', inFish)).to.deep.equal([
      'migrate\tMigrate every reclaimed instance.',
    ]);
  });

  it('says what each option means', async () => {
    expect(await complete('novita-spot migrate --dr')).to.deep.equal([
      '--dry-run\tshow what would be done and do nothing',
    ]);
  });
});
