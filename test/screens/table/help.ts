import { programModel } from '../../../src/cli/programModel.js';
import { scenarioNames } from '../../../src/sandbox/scenarioNames.js';
import type { Screen } from '../screen.js';

const { commands } = programModel({ version: '', scenarios: scenarioNames, width: 80 });

export const helpScreens: readonly Screen[] = [
  { name: 'help', args: ['--help'], about: 'the program' },
  ...commands
    .filter(({ name }) => name !== 'help')
    .map(({ name }) => ({ name: `help-${name}`, args: ['help', name], about: `the command ${name}` })),
];
