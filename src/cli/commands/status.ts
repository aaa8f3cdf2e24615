import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CommandDeclaration } from '../commandDeclaration.js';

const mostRuns = 1_000;

export const statusCommand: CommandDeclaration<'status'> = {
  name: 'status',
  description: 'Show whether past runs went well, without a key or the network.',
  examples: [
    { line: 'novita-spot status', meaning: 'one line, and the last 10 runs' },
    { line: 'novita-spot status -q', meaning: 'for a probe: silent when all is well' },
    { line: 'novita-spot status -o json --limit 50', meaning: 'for programs' },
  ],
  exitReasons: ['usage', 'config', 'output'],
  ownExitStatuses: [
    { code: 0, meaning: 'healthy' },
    { code: 1, meaning: 'warning: the last run for the whole account did not succeed' },
    { code: 2, meaning: 'critical: no success within two intervals and the time that a run may take' },
    { code: 3, meaning: 'unknown: there is no journal, or it cannot be read, or no such run has ended' },
  ],
  options: [new Option('--limit <n>', 'how many runs to show').argParser(readLimit).default(10)],
  check: refuseSandbox,
};

function readLimit(value: string): number {
  const limit = /^\d{1,4}$/.test(value) ? Number(value) : NaN;
  if (!(limit <= mostRuns)) throw new InvalidArgumentError(`Expected a whole number from 0 to ${mostRuns}.`);
  return limit;
}

function refuseSandbox(command: Command): void {
  if (command.optsWithGlobals<{ readonly sandbox?: string | true }>().sandbox !== undefined) {
    command.error("error: option '--sandbox' makes no sense here: a run on the sandbox leaves no journal");
  }
}
