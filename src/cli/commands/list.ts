import { type Command, InvalidArgumentError, Option } from 'commander';
import { compileNamePattern } from '../../config/namePattern.js';
import { listOrders } from '../../core/listOrder.js';
import { choiceOption } from '../choices.js';
import type { CommandDeclaration } from '../commandDeclaration.js';
import { readingReasons } from '../exitReasons.js';
import type { OutputFormat } from '../invocation.js';

const fewestSeconds = 5;
const mostSeconds = 3_600;

export const listCommand: CommandDeclaration<'list'> = {
  name: 'list',
  description: 'Show every instance with its state and whether it would be migrated.',
  examples: [
    { line: 'novita-spot list', meaning: 'every instance of the account' },
    { line: 'novita-spot list --eligible', meaning: 'what migrate would take' },
    { line: 'novita-spot list --spot --status running', meaning: 'the spot instances that run' },
    { line: "novita-spot list --include 'llama-*' -o json", meaning: 'some names, for programs' },
    {
      line: 'novita-spot list --sort reclaim --verbose',
      meaning: 'most urgent first, with times',
    },
    { line: 'novita-spot list --watch', meaning: 'look again until Ctrl-C' },
    { line: 'novita-spot list --sandbox', meaning: 'try it out, emulated' },
  ],
  exitReasons: readingReasons,
  options: [
    new Option('--status <status>', 'only instances of this status'),
    new Option('--spot', 'only spot instances'),
    new Option('--eligible', 'only instances that would be migrated'),
    patternsOption('--include <patterns>', 'only names (globs) or ids like these, separated by commas'),
    patternsOption('--exclude <patterns>', 'no names (globs) or ids like these'),
    choiceOption('--sort <order>', 'sort by this instead of the order of the API', listOrders),
    new Option('--wide', 'show everything in full, also where the terminal is too narrow'),
    new Option('--watch [seconds]', 'look again and again, on a terminal, until Ctrl-C')
      .argParser(readSeconds)
      .preset('30'),
  ],
  check: checkWatch,
};

function readSeconds(value: string): number {
  const seconds = /^\d{1,4}$/.test(value) ? Number(value) : NaN;
  if (!(seconds >= fewestSeconds && seconds <= mostSeconds)) {
    throw new InvalidArgumentError(
      `Expected a whole number of seconds from ${fewestSeconds} to ${mostSeconds}.`,
    );
  }
  return seconds;
}

interface WatchOptions {
  readonly watch?: number;
  readonly wide?: boolean;
  readonly quiet?: boolean;
  readonly output: OutputFormat;
}

/** What is redrawn in place is a table that fits. */
function checkWatch(command: Command): void {
  const { watch, wide, quiet, output } = command.optsWithGlobals<WatchOptions>();
  if (watch === undefined) return;
  const other = output !== 'table' ? `--output ${output}` : quiet ? '--quiet' : wide ? '--wide' : null;
  if (other !== null) command.error(`error: option '--watch' cannot be used with '${other}'`);
}

function patternsOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value) => {
    const patterns = value.split(',').map((pattern) => pattern.trim());
    const given = patterns.filter((pattern) => pattern !== '');
    for (const pattern of given) checkPattern(pattern);
    return given;
  });
}

function checkPattern(pattern: string): void {
  try {
    compileNamePattern(pattern);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'is no pattern';
    throw new InvalidArgumentError(`It ${reason}.`);
  }
}
