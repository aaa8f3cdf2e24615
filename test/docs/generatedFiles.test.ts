import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { generatedFiles } from '../../scripts/generatedFiles.js';
import { programModel } from '../../src/cli/programModel.js';
import { variables } from '../../src/config/variables.js';
import { exitCodes } from '../../src/core/exitCode.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';

const files = generatedFiles();
const project = new URL('../../', import.meta.url);

describe('the files that are made from the command line', () => {
  for (const { path, text } of files) {
    it(`${path} is in step with the source (else run: npm run generate)`, () => {
      expect(readFileSync(new URL(path, project), 'utf8')).to.equal(text);
    });
  }

  it('are all that stands in their folders', () => {
    const found = ['completions', 'man'].flatMap((folder) =>
      readdirSync(new URL(folder, project)).map((name) => `${folder}/${name}`),
    );
    expect(found).to.have.members(files.map(({ path }) => path));
  });

  it('are packed, and npm installs the man page', () => {
    const manifest = JSON.parse(readFileSync(new URL('package.json', project), 'utf8')) as {
      readonly files: readonly string[];
      readonly man: readonly string[];
    };
    expect(manifest.files).to.include.members(['completions', 'man', 'schemas']);
    expect(manifest.man).to.deep.equal(['man/novita-spot.1']);
  });

  const page = (files.find(({ path }) => path.startsWith('man/'))?.text ?? '').replaceAll('\\-', '-');
  const program = programModel({ version: '', scenarios: scenarioNames, width: 80 });
  const options = [...program.options, ...program.commands.flatMap((command) => command.options)];
  const terms: readonly (readonly [string, readonly string[]])[] = [
    ['command', program.commands.map(({ name }) => `.SS \\fB${name}\\fR`)],
    ['option', options.map(({ long }) => `\\fB--${long}\\fR`)],
    ['variable', Object.keys(variables).map((name) => `.TP\n\\fB${name}\\fR\n`)],
    ['exit code', Object.values(exitCodes).map((code) => `.TP\n\\fB${code}\\fR\n`)],
  ];
  for (const [title, expected] of terms) {
    it(`the man page tells of every ${title}`, () => {
      for (const term of expected) expect(page).to.include(term);
    });
  }
});
