import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { bashCompletion } from '../../src/cli/completion/bash.js';
import { fishCompletion } from '../../src/cli/completion/fish.js';
import { zshCompletion } from '../../src/cli/completion/zsh.js';
import { type OptionModel, type ProgramModel, programModel } from '../../src/cli/programModel.js';
import { bash, completeInFish, pathWithProgram, zsh, zshBegins, zshInsertsAll } from './completionShells.js';
import { openShellTerminal } from './shellTerminal.js';

/** Says what shells make something of. */
const awkward = `it's [one]: "two" $HOME \`three\` \\ (four); *`;
const folderOption: OptionModel = {
  short: 'a',
  long: 'folder-of-teams',
  description: awkward,
  text: awkward,
  value: { name: 'folder', kind: 'folder', choices: [], optional: false },
};
const program = withOption(programModel({ version: '', scenarios: ['demo'], width: 80 }), folderOption);

function withOption(model: ProgramModel, option: OptionModel): ProgramModel {
  const globalOptions = [...model.globalOptions, option];
  return { ...model, globalOptions, options: [...model.options, option] };
}

describe('completion of an option that the program does not have yet: a folder, with an awkward description', () => {
  let folder: string;
  let home: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-completion-'));
    home = join(folder, 'home');
    mkdirSync(join(home, 'some accounts'), { recursive: true });
    writeFileSync(join(home, 'some file'), '');
    writeFileSync(join(folder, 'novita-spot.bash'), bashCompletion(program));
    writeFileSync(join(folder, '_novita-spot'), zshCompletion(program));
    writeFileSync(join(folder, 'novita-spot.fish'), fishCompletion(program));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const shells = [
    ['bash', () => ({ ...bash, startText: `source ${folder}/novita-spot.bash` })],
    ['zsh', () => ({ ...zsh, startText: `fpath=(${folder} $fpath)\n${zshBegins}\n${zshInsertsAll}` })],
  ] as const;
  for (const [title, shell] of shells) {
    it(`works in ${title}`, async () => {
      const own = join(folder, title);
      mkdirSync(own);
      const terminal = await openShellTerminal(shell(), { folder: own, home, path: pathWithProgram(folder) });
      try {
        expect(await terminal.complete('novita-spot list --fold')).to.deep.equal([
          'list',
          '--folder-of-teams',
        ]);
        for (const flag of ['--folder-of-teams', '-a']) {
          const words = await terminal.complete(`novita-spot ${flag} so`);
          expect(words.map((word) => word.replace(/\/$/, ''))).to.deep.equal([flag, 'some accounts']);
        }
      } finally {
        terminal.close();
      }
    });
  }

  it('works in fish', async () => {
    const start = `source ${folder}/novita-spot.fish`;
    const complete = (line: string) => completeInFish(line, start, home);
    expect(await complete('novita-spot list --fold')).to.deep.equal([`--folder-of-teams\t${awkward}`]);
    for (const flag of ['--folder-of-teams', '-a']) {
      const words = (await complete(`novita-spot ${flag} so`)).map((offer) => offer.split('\t')[0]);
      expect(words).to.deep.equal(['some accounts/']);
    }
  });
});
