import { expect } from 'chai';
import { programModel } from '../../src/cli/programModel.js';
import { readCommandLine } from '../../src/cli/program.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';

const facts = { version: '1.2.3', scenarios: scenarioNames, width: 80 };
const { commands } = programModel(facts);
const documented = commands.map(({ name }) => name).filter((name) => name !== 'help');

function helpOf(args: readonly string[], width = facts.width): string {
  const line = readCommandLine(args, { ...facts, width });
  if (line.kind !== 'text') throw new Error(JSON.stringify(line));
  return line.text;
}

describe('help', () => {
  it('knows every command', () => {
    expect(documented).to.deep.equal(['list', 'check', 'migrate', 'status', 'sandbox', 'completion']);
  });

  for (const args of [['--help'], ...documented.map((name) => ['help', name])]) {
    describe(`novita-spot ${args.join(' ')}`, () => {
      it('begins with what it does and examples, and ends with the exit codes', () => {
        const headings = helpOf(args)
          .split('\n')
          .filter((line) => /^[A-Z].*:/.test(line))
          .map((line) => line.replace(/:.*/, ''));
        expect(headings.slice(0, 2)).to.deep.equal(['Examples', 'Usage']);
        expect(headings.at(-1)).to.equal('Exit status');
        expect(helpOf(args)).to.match(/^[A-Z][^\n]+\.\n\nExamples:\n/);
      });

      it('fits 80 columns, and uses 120', () => {
        const longest = (width: number): number =>
          Math.max(
            ...helpOf(args, width)
              .split('\n')
              .map((line) => line.length),
          );
        expect(longest(80)).to.be.at.most(80);
        expect(longest(120)).to.be.within(81, 120);
      });

      it('has no trailing blanks and ends with one line feed', () => {
        expect(helpOf(args)).not.to.match(/[ \t]$/m);
        expect(helpOf(args)).to.match(/[^\n]\n$/);
      });
    });
  }

  it('is the same by --help as by help', () => {
    for (const name of documented) expect(helpOf([name, '--help'])).to.equal(helpOf(['help', name]));
  });
});
