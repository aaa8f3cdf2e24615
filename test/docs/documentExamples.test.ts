import { expect } from 'chai';
import { exampleDocuments, examplesOf } from '../screens/documentExamples.js';
import { masked } from '../screens/masked.js';
import { bundledScript } from '../support/bundledScript.js';
import { startInParallel } from '../support/inParallel.js';
import { type Ended, runProgram } from '../support/runProgram.js';

/** Loaded before the program, its clock stands at the time of the screens. */
const standStill = bundledScript(new URL('../screens/standStill.ts', import.meta.url));

const examples = exampleDocuments().flatMap(({ path, text }) =>
  examplesOf(text).map((example) => ({ path, ...example })),
);

describe('the examples of the documents', () => {
  let ended: (commandLine: string) => Promise<Ended>;
  before(() => {
    const environment = { NODE_OPTIONS: `--import=${standStill}` };
    const commandLines = [...new Set(examples.map(({ commandLine }) => commandLine))];
    ended = startInParallel(commandLines, (line) => runProgram(line.split(' '), { environment }));
  });

  it('are there in the README', () => {
    expect(examples.filter(({ path }) => path === 'README.md')).to.have.length.of.at.least(3);
  });

  for (const { path, commandLine, shown } of examples) {
    it(`are real output: novita-spot ${commandLine}, in ${path}`, async () => {
      const { stdout } = await ended(commandLine);
      expect(masked(stdout), 'when this is what it shall look like, run: npm run screens').to.equal(shown);
    });
  }
});
