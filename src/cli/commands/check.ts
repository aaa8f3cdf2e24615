import { Argument, Option } from 'commander';
import type { CommandDeclaration } from '../commandDeclaration.js';
import { judgingReasons } from '../exitReasons.js';
import { metricsOptions } from './metricsOptions.js';

export const checkCommand: CommandDeclaration<'check'> = {
  name: 'check',
  description: 'Explain for each exited instance why it would or would not be migrated.',
  examples: [
    { line: 'novita-spot check', meaning: 'every exited instance' },
    { line: 'novita-spot check llama-finetune-2', meaning: 'one instance, by its name or id' },
    { line: 'novita-spot check --detailed-exitcode -q', meaning: 'only an exit code, for scripts' },
    { line: 'novita-spot check --sandbox', meaning: 'try it out, emulated' },
  ],
  exitReasons: judgingReasons,
  argument: new Argument('[id|name...]', 'only these instances'),
  options: [
    new Option('--detailed-exitcode', 'exit with 2 when an instance would be migrated'),
    ...metricsOptions(),
  ],
};
