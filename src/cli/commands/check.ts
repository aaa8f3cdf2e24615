import { Argument, type Command, Option } from 'commander';
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
    { line: 'novita-spot check --monitor', meaning: 'one line for a monitoring system' },
    { line: 'novita-spot check --sandbox', meaning: 'try it out, emulated' },
  ],
  exitReasons: judgingReasons,
  ownExitStatuses: [
    { code: 0, meaning: 'with --monitor: OK, nothing is down or about to be' },
    { code: 1, meaning: 'with --monitor: warning, the next run has work, or a reclaim is announced' },
    { code: 2, meaning: 'with --monitor: critical, something is quarantined or has been down for too long' },
    { code: 3, meaning: 'with --monitor: unknown, for whatever reason' },
  ],
  argument: new Argument('[id|name...]', 'only these instances'),
  options: [
    new Option('--detailed-exitcode', 'exit with 2 when an instance would be migrated'),
    new Option('--monitor', 'print one line and exit as monitoring systems expect of a plugin'),
    ...metricsOptions(),
  ],
  check: checkMonitor,
};

function checkMonitor(command: Command): void {
  const { monitor, detailedExitcode, output } = command.optsWithGlobals<{
    readonly monitor?: boolean;
    readonly detailedExitcode?: boolean;
    readonly output: string;
  }>();
  if (monitor === undefined) return;
  if (detailedExitcode) {
    command.error("error: option '--monitor' has exit codes of its own: leave out --detailed-exitcode");
  }
  if (output !== 'table')
    command.error("error: option '--monitor' prints one line: leave out -o and --output");
}
