import { Argument, Option } from 'commander';
import type { CommandDeclaration } from '../commandDeclaration.js';
import { judgingReasons } from '../exitReasons.js';
import { metricsOptions } from './metricsOptions.js';

export const checkCommand: CommandDeclaration<'check'> = {
  name: 'check',
  description: 'Explain for each exited instance why it would or would not be migrated.',
  examples: [
    { line: 'novita-spot check', meaning: 'every exited instance' },
    { line: 'novita-spot check d06052c629ce00fc', meaning: 'one instance, by its id' },
    { line: 'novita-spot check --detailed-exitcode -q', meaning: 'only an exit code, for scripts' },
    { line: 'novita-spot check --sandbox', meaning: 'try it out, emulated' },
  ],
  exitReasons: judgingReasons,
  argument: new Argument('[id...]', 'only these instances'),
  options: [
    new Option('--detailed-exitcode', 'exit with 2 when an instance would be migrated'),
    ...metricsOptions(),
  ],
};
