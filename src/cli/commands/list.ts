import { Option } from 'commander';
import type { CommandDeclaration } from '../commandDeclaration.js';
import { readingReasons } from '../exitReasons.js';

export const listCommand: CommandDeclaration<'list'> = {
  name: 'list',
  description: 'Show every instance with its state and whether it would be migrated.',
  examples: [
    { line: 'novita-spot list', meaning: 'every instance of the account' },
    { line: 'novita-spot list --eligible', meaning: 'what migrate would take' },
    { line: 'novita-spot list --spot --status running', meaning: 'the spot instances that run' },
    { line: "novita-spot list --include 'llama-*' -o json", meaning: 'some names, for programs' },
    { line: 'novita-spot list --sandbox', meaning: 'try it out, emulated' },
  ],
  exitReasons: readingReasons,
  options: [
    new Option('--status <status>', 'only instances of this status'),
    new Option('--spot', 'only spot instances'),
    new Option('--eligible', 'only instances that would be migrated'),
    patternsOption('--include <patterns>', 'only names (globs) or ids like these, separated by commas'),
    patternsOption('--exclude <patterns>', 'no names (globs) or ids like these'),
  ],
};

function patternsOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value) =>
    value
      .split(',')
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== ''),
  );
}
