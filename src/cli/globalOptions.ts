import { Option } from 'commander';
import { choiceOption } from './choices.js';
import { outputFormats } from './invocation.js';

/** The options that every command takes. One line each. */
export function globalOptions(scenarios: readonly string[]): readonly Option[] {
  return [
    choiceOption('-o, --output <format>', 'how to print the result', outputFormats).default('table'),
    new Option('-q, --quiet', 'print nothing unless something went wrong'),
    new Option('-v, --verbose', 'log everything'),
    new Option('--no-color', 'no colour'),
    new Option('--env-file <path>', 'read variables from a file; the environment and flags come before it'),
    new Option('--accounts-dir <folder>', 'run for each account of a folder of keys (NOVITA_ACCOUNTS_DIR)'),
    new Option('--account <name>', 'name of the account, or the only one of the folder (NOVITA_ACCOUNT)'),
    choiceOption(
      '--sandbox [scenario]',
      'use an emulated API instead of the real one; no key needed',
      scenarios,
    ).preset('demo'),
  ];
}
