import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readCommandLine } from '../../src/cli/program.js';
import { type OptionModel, programModel } from '../../src/cli/programModel.js';
import { compileNamePattern } from '../../src/config/namePattern.js';
import type { Variable } from '../../src/config/variableKinds.js';
import { secretVariables, type VariableName, variables } from '../../src/config/variables.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';
import { namedRows } from '../support/documentTables.js';
import { projectFiles, projectText } from '../support/projectFiles.js';

const text = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
const facts = { version: '', scenarios: scenarioNames, width: 80 };

/** The option of `migrate` that stands for each variable, by what a command line with it sets. */
const flags: ReadonlyMap<string, string> = new Map(
  (programModel(facts).commands.find(({ name }) => name === 'migrate')?.options ?? [])
    .concat(programModel(facts).globalOptions)
    .flatMap((option) => variablesSetBy(option).map((name) => [name, option.long])),
);

function variablesSetBy({ long, value }: OptionModel): readonly string[] {
  const line = ['migrate', 'an-id', `--${long}`, ...(value === null ? [] : [value.choices[0] ?? '1'])];
  const read = readCommandLine(line, facts);
  return read.kind === 'run' ? Object.keys(read.invocation.flags) : [];
}

/** What stands under the heading of a variable, at a glance. */
function atAGlance([name, variable]: [string, Variable]): string {
  const plain = ['unset', 'empty', 'required'].includes(variable.default);
  const values = {
    number: variable.kind === 'number' ? [`range: ${variable.minimum}-${variable.maximum}`] : [],
    boolean: ['values: true, false'],
    choice: variable.kind === 'choice' ? [`values: ${variable.choices.join(', ')}`] : [],
    choices: variable.kind === 'choices' ? [`values: ${variable.choices.join(', ')}`] : [],
    patterns: [],
    private: [],
  }[variable.kind];
  const flag = flags.get(name);
  return [
    `Default: ${plain ? variable.default : `\`${variable.default}\``}`,
    ...values,
    ...(flag === undefined ? [] : [`flag: \`--${flag}\``]),
    ...(secretVariables.includes(name as VariableName) ? ['secret'] : []),
  ].join(' · ');
}

const entries = [...text.matchAll(/^### (\w+)\n\n(.+)\n\n([^#]+)/gm)].map(
  ([, name = '', glance = '', body = '']) => ({ name, glance, body: body.replaceAll('\n', ' ') }),
);

describe('docs/configuration.md', () => {
  it('tells of every variable, its default, its values and its flag', () => {
    const documented = entries.map(({ name, glance }) => [name, glance]).sort();
    const expected = Object.entries<Variable>(variables).map((entry) => [entry[0], atAGlance(entry)]);
    expect(documented).to.deep.equal(expected.sort());
  });

  it('knows the flags', () => {
    expect(flags).to.include.keys('MIGRATION_DRY_RUN', 'MIGRATION_WAIT_SECONDS', 'NOVITA_ACCOUNT');
    expect(flags.size).to.be.at.least(12);
  });

  for (const [name, { meaning }] of Object.entries<Variable>(variables)) {
    it(`says of ${name} what it does and when to change it`, () => {
      const body = entries.find((entry) => entry.name === name)?.body ?? '';
      expect(body.startsWith(`${meaning}. `), body).to.equal(true);
      expect(body).to.match(/\b(Change it|Set it|Lower it|Leave it|Raise it)\b/);
    });
  }

  const [, patterns = ''] = text.split('| pattern | matches | does not match |');
  for (const [pattern = '', matching = '', others = ''] of namedRows(patterns.split('\n\n')[0] ?? '')) {
    const namesIn = (cell: string): readonly string[] =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    it(`is right about the pattern ${pattern}`, () => {
      const matches = compileNamePattern(pattern.replaceAll('`', ''));
      for (const name of namesIn(matching)) expect(matches(name), name).to.equal(true);
      for (const name of namesIn(others)) expect(matches(name), name).to.equal(false);
    });
  }
});

describe('the variables that the documents name', () => {
  const prefixes = /\b(?:MIGRATION|NOVITA|NOTIFY|HEALTHCHECK|PUSHGATEWAY)_[A-Z_]+[A-Z]\b/g;
  /** A slip that is shown as one, and the beginning of other names. */
  const known = new Set(['MIGRATION_MAX_CONCURENT', 'NOVITA_SPOT', ...Object.keys(variables)]);
  const documents = projectFiles().filter((path) => /^(?:README|docs\/.+|deploy\/.+)\.md$/.test(path));

  for (const path of documents) {
    it(`exist: ${path}`, () => {
      const named = [...projectText(path).matchAll(prefixes)].map(String);
      expect(named.filter((name) => !known.has(name))).to.deep.equal([]);
    });
  }
});
