import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { ExitReason } from '../core/exitCode.js';
import { exitStatusHelp } from './exitStatusHelp.js';
import { type CommandName, type Invocation, outputFormats } from './invocation.js';
import { invocationOf, type ParsedOptions } from './parsedOptions.js';

export interface ProgramFacts {
  readonly version: string;
  readonly scenarios: readonly string[];
  /** Columns of the terminal, for help texts. */
  readonly width: number;
}

const deedReasons: readonly ExitReason[] = ['ok', 'internal', 'changes', 'partial', 'failed', 'usage'];
const runReasons: readonly ExitReason[] = ['unavailable', 'protocol', 'auth', 'config', 'deadline'];

/**
 * Declares the commands and options.
 *
 * @param run - called with what a command line asks for
 * @param print - called with help texts and the version
 */
export function buildProgram(
  { version, scenarios, width }: ProgramFacts,
  run: (invocation: Invocation) => void,
  print: (text: string) => void,
): Command {
  const program = new Command('novita-spot')
    .description('Brings reclaimed Novita AI GPU spot instances back. One run, made for cron.')
    .version(version, '--version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .addOption(
      new Option('-o, --output <format>', 'how to print the result').choices(outputFormats).default('table'),
    )
    .option('-q, --quiet', 'print nothing unless something went wrong')
    .option('-v, --verbose', 'log everything')
    .option('--no-color', 'no colour')
    .option('--env-file <path>', 'read variables from a file; the environment and flags come before it')
    .addOption(
      new Option('--sandbox [scenario]', 'use an emulated API instead of the real one; no key needed')
        .choices(scenarios)
        .preset('demo'),
    )
    .addHelpText('after', exitStatusHelp(['ok', 'usage', ...runReasons]));
  prepare(program, width, print);

  const add = (name: CommandName, description: string, reasons: readonly ExitReason[]): Command => {
    const command = program.command(name).description(description).helpOption('-h, --help', 'show help');
    prepare(command, width, print);
    return command
      .addHelpText('after', exitStatusHelp(reasons))
      .action(() => run(invocationOf(name, command.args, command.optsWithGlobals<ParsedOptions>())));
  };
  const ids = new Argument('[id...]', 'only these instances');

  add('list', 'Show every instance with its state and whether it would be migrated.', [
    'ok',
    'usage',
    ...runReasons,
  ])
    .option('--status <status>', 'only instances of this status')
    .option('--spot', 'only spot instances')
    .option('--eligible', 'only instances that would be migrated')
    .addOption(
      patternOption('--include <patterns>', 'only names (globs) or ids like these, separated by commas'),
    )
    .addOption(patternOption('--exclude <patterns>', 'no names (globs) or ids like these'));
  add('check', 'Explain for each exited instance why it would or would not be migrated.', [
    ...deedReasons,
    ...runReasons,
  ])
    .addArgument(ids)
    .option('--detailed-exitcode', 'exit with 2 when an instance would be migrated');
  add('migrate', 'Migrate every reclaimed instance.', [
    ...deedReasons,
    ...runReasons,
    'state',
    'locked',
    'interrupted',
    'terminated',
  ])
    .addArgument(ids)
    .option('--dry-run', 'show what would be done and do nothing')
    .option('-y, --yes', 'do not ask')
    .option('--max-concurrent <n>', 'migrations in flight (MIGRATION_MAX_CONCURRENT)')
    .option('--max-per-run <n>', 'migrations in this run, 0 for no limit (MIGRATION_MAX_PER_RUN)')
    .option('--force', 'pass over pending or stale reclaims, cooldown, quarantine and local data; needs ids')
    .option('--detailed-exitcode', 'with --dry-run: exit with 2 when an instance would be migrated')
    .hook('preAction', (_program, command) => requireIdsToForce(command));
  add('sandbox', 'Serve the emulated Novita API on loopback until stopped.', ['ok', 'usage', 'unavailable'])
    .option('--port <port>', 'the port to listen on; 0 takes any free one', readPort, 0)
    .addOption(
      new Option('--scenario <scenario>', 'what the account holds').choices(scenarios).default('demo'),
    );
  return program;
}

/** Makes a command throw instead of ending the process. Subcommands do not inherit it. */
function prepare(command: Command, width: number, print: (text: string) => void): void {
  command
    .exitOverride()
    .showHelpAfterError(false)
    .allowExcessArguments(false)
    .configureHelp({ showGlobalOptions: true, helpWidth: width })
    .configureOutput({ writeOut: print, writeErr: print, outputError: () => undefined });
}

function patternOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value) =>
    value
      .split(',')
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== ''),
  );
}

function readPort(value: string): number {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Expected a whole number from 0 to 65535.');
  return port;
}

function requireIdsToForce(command: Command): void {
  if (command.opts<ParsedOptions>().force && command.args.length === 0) {
    command.error("error: option '--force' needs the ids of the instances it is for");
  }
}
