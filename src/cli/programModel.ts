import type { Argument, Command, Option } from 'commander';
import { buildProgram, type ProgramFacts } from './commandTree.js';
import { type Documentation, documentationOf } from './documentedCommand.js';
import { optionText } from './helpText.js';

/** What a value may be, as far as a shell can complete it. */
export type ValueKind = 'choice' | 'file' | 'folder' | 'free';

export interface ValueModel {
  /** The placeholder, such as `format`. */
  readonly name: string;
  readonly kind: ValueKind;
  readonly choices: readonly string[];
  /** True when the option may stand without it, or the argument may be left out. */
  readonly optional: boolean;
}

export interface OptionModel {
  /** Without the dash; null when there is none. */
  readonly short: string | null;
  /** Without the dashes. */
  readonly long: string;
  readonly description: string;
  /** The description with values and default, for pages. */
  readonly text: string;
  /** Null for a switch. */
  readonly value: ValueModel | null;
}

export interface ArgumentModel extends ValueModel {
  readonly description: string;
  readonly variadic: boolean;
}

export interface CommandModel extends Documentation {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly ArgumentModel[];
  /** Its own, and --help. */
  readonly options: readonly OptionModel[];
}

/** The command line as data: the one source of completion scripts and man page. */
export interface ProgramModel extends CommandModel {
  readonly version: string;
  /** The options of `options` that stand after a command as well. */
  readonly globalOptions: readonly OptionModel[];
  readonly commands: readonly CommandModel[];
}

/** Reads the command line off the same commander objects that parse it. */
export function programModel(facts: ProgramFacts): ProgramModel {
  const program = buildProgram(facts, {
    run: () => undefined,
    complete: () => undefined,
    print: () => undefined,
  });
  return {
    ...modelOf(program),
    version: facts.version,
    globalOptions: program.options.map(optionModel),
    commands: program.createHelp().visibleCommands(program).map(modelOf),
  };
}

function modelOf(command: Command): CommandModel {
  return {
    ...documentationOf(command),
    name: command.name(),
    description: command.description(),
    arguments: command.registeredArguments.map(argumentModel),
    options: command.createHelp().visibleOptions(command).map(optionModel),
  };
}

function optionModel(option: Option): OptionModel {
  const { short, long = '', flags, description, required, optional, argChoices } = option;
  const name = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1] ?? '';
  return {
    short: short?.slice(1) ?? null,
    long: long.slice(2),
    description,
    text: optionText(option),
    value: required || optional ? valueModel(name, argChoices, optional) : null,
  };
}

function argumentModel(argument: Argument): ArgumentModel {
  const { description, argChoices, required, variadic } = argument;
  return { ...valueModel(argument.name(), argChoices, !required), description, variadic };
}

function valueModel(name: string, choices: readonly string[] | undefined, optional: boolean): ValueModel {
  const kind = choices !== undefined ? 'choice' : (kindsOfPlaceholder[name] ?? 'free');
  return { name, kind, choices: choices ?? [], optional };
}

/** The placeholder of a value says whether it names something on disk. */
const kindsOfPlaceholder: Readonly<Partial<Record<string, ValueKind>>> = { path: 'file', folder: 'folder' };
