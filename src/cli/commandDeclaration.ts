import type { Argument, Command, Option } from 'commander';
import type { Documentation } from './documentedCommand.js';

/**
 * A command as it is declared: one file a command, one line an option.
 *
 * The placeholder of an option's value tells shells how to complete it: `<path>` is a file, `<folder>` a folder.
 */
export interface CommandDeclaration<Name extends string = string> extends Documentation {
  readonly name: Name;
  /** One sentence. */
  readonly description: string;
  readonly argument?: Argument;
  readonly options: readonly Option[];
  /** Refuses combinations that make no sense, by `command.error()`. */
  readonly check?: (command: Command) => void;
}
