import type { CommandModel, OptionModel, ProgramModel } from '../programModel.js';

/** The words that an option can be written as, such as `-o` and `--output`. */
export function flagsOf({ short, long }: OptionModel): readonly string[] {
  return [...(short === null ? [] : [`-${short}`]), `--${long}`];
}

/** What may stand after a command: its own options, then those of all commands. */
export function optionsAfter(command: CommandModel, program: ProgramModel): readonly OptionModel[] {
  return [...command.options, ...program.globalOptions];
}

/** Every option of the program, each once: those of one name take the same kind of value. */
export function everyOption(program: ProgramModel): readonly OptionModel[] {
  const options = [...program.options, ...program.commands.flatMap((command) => command.options)];
  return [...new Map(options.map((option) => [option.long, option])).values()];
}

/** True for an option whose value is the next word, whatever that is. */
export function takesNextWord({ value }: OptionModel): boolean {
  return value !== null && !value.optional;
}

/** The name of the shell function that completes the program. */
export function functionName({ name }: ProgramModel): string {
  return `_${name.replaceAll('-', '_')}`;
}

/** A word in single quotes, as bash and zsh read it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
