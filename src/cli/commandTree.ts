import { Argument, type Command } from 'commander';
import type { CommandDeclaration } from './commandDeclaration.js';
import { checkCommand } from './commands/check.js';
import { completionCommand } from './commands/completion.js';
import { listCommand } from './commands/list.js';
import { migrateCommand } from './commands/migrate.js';
import { sandboxCommand } from './commands/sandbox.js';
import { statusCommand } from './commands/status.js';
import { DocumentedCommand, type Example } from './documentedCommand.js';
import { readingReasons } from './exitReasons.js';
import { globalOptions } from './globalOptions.js';
import { formatHelp, optionText } from './helpText.js';
import type { Invocation } from './invocation.js';
import { invocationOf, type ParsedOptions } from './parsedOptions.js';
import { type Shell, shells } from './shells.js';

export interface ProgramFacts {
  readonly version: string;
  readonly scenarios: readonly string[];
  /** Columns of the terminal, for help texts. */
  readonly width: number;
}

/** What is called with that which a command line asks for. */
export interface ProgramHandlers {
  run(invocation: Invocation): void;
  complete(shell: Shell): void;
  /** Help texts and the version. */
  print(text: string): void;
}

const examples: readonly Example[] = [
  { line: 'novita-spot list --sandbox', meaning: 'try it out on an emulated account' },
  { line: 'novita-spot migrate --dry-run', meaning: 'show what would be migrated' },
  { line: 'novita-spot migrate --quiet', meaning: 'for cron: no output unless something failed' },
  { line: 'novita-spot help migrate', meaning: 'all about one command' },
];

/** Puts the program together from its commands and options. */
export function buildProgram(facts: ProgramFacts, handlers: ProgramHandlers): DocumentedCommand {
  const program = new DocumentedCommand('novita-spot')
    .description('Brings reclaimed Novita AI GPU spot instances back. One run, made for cron.')
    .version(facts.version, '--version', 'show the version');
  program.documentation = { examples, exitReasons: readingReasons };
  prepare(program, facts.width, handlers);
  for (const option of globalOptions(facts.scenarios)) program.addOption(option);

  for (const declaration of [
    listCommand,
    checkCommand,
    migrateCommand,
    statusCommand,
    sandboxCommand(facts.scenarios),
  ]) {
    const command = declare(program, declaration, facts.width, handlers);
    const { name } = declaration;
    command.action(() =>
      handlers.run(invocationOf(name, command.args, command.optsWithGlobals<ParsedOptions>())),
    );
  }
  declare(program, completionCommand, facts.width, handlers).action((wanted: string) => {
    const shell = shells.find((known) => known === wanted);
    if (shell !== undefined) handlers.complete(shell);
  });
  addHelpCommand(program);
  return program;
}

function declare(
  program: DocumentedCommand,
  declaration: CommandDeclaration,
  width: number,
  handlers: ProgramHandlers,
): Command {
  const { name, description, argument, options, check } = declaration;
  const command = program.createCommand(name).description(description);
  command.documentation = declaration;
  prepare(command, width, handlers);
  if (argument !== undefined) command.addArgument(argument);
  for (const option of options) command.addOption(option);
  command.hook('preAction', () => refuseEmptyValues(command));
  if (check !== undefined) command.hook('preAction', () => check(command));
  program.addCommand(command);
  return command;
}

/** `--account "$NAME"` with an empty NAME would otherwise run for all accounts. */
function refuseEmptyValues(command: Command): void {
  const options = [...(command.parent?.options ?? []), ...command.options];
  const values = command.optsWithGlobals<Record<string, unknown>>();
  for (const option of options) {
    const value = values[option.attributeName()];
    const isEmpty = value === '' || (Array.isArray(value) && value.length === 0);
    if (isEmpty) command.error(`error: option '${option.flags}' needs a value that is not empty`);
  }
  if (command.args.includes('')) command.error('error: an argument is empty: leave it out for all');
}

/** Makes a command throw instead of ending the process. Subcommands do not inherit it. */
function prepare(command: Command, width: number, handlers: ProgramHandlers): void {
  const print = (text: string): void => handlers.print(text);
  command
    .helpOption('-h, --help', 'show help')
    .exitOverride()
    .showHelpAfterError(false)
    .allowExcessArguments(false)
    .configureHelp({ showGlobalOptions: true, helpWidth: width, formatHelp, optionDescription: optionText })
    .configureOutput({ writeOut: print, writeErr: print, outputError: () => undefined });
}

function addHelpCommand(program: DocumentedCommand): void {
  const names = program.commands.map((command) => command.name());
  const help = program.createCommand('help').description('Show the help of a command.').helpOption(false);
  program.addHelpCommand(help.addArgument(new Argument('[command]', 'the command').choices(names)));
}
