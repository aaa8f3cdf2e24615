import type { ArgumentModel, CommandModel, OptionModel, ProgramModel } from '../../src/cli/programModel.js';
import { item, literal, placeholder, prose, subsection } from './roff.js';

/** How each command is called, one line each. */
export function synopsis({ name, commands }: ProgramModel): string {
  return commands
    .map((command) => {
      const taken = command.arguments.map(argumentOf).join('');
      return `${literal(`${name} ${command.name}`)} [${placeholder('options')}]${taken}`;
    })
    .join('\n.br\n');
}

/** What each command does, with the options that only it takes. */
export function commandSections(program: ProgramModel): readonly string[] {
  const global = new Set(program.options.map(({ long }) => long));
  return program.commands.map(
    ({ name, description, options, arguments: taken, ownExitStatuses = [] }: CommandModel) =>
      subsection(
        `${literal(name)}${taken.map(argumentOf).join('')}`,
        prose(description),
        ...taken.map((argument) => item(placeholder(argument.name), prose(sentence(argumentText(argument))))),
        ...optionItems(options.filter(({ long }) => !global.has(long))),
        ...ownExitStatuses.map(({ code, meaning }) => item(`Exit status ${code}`, prose(sentence(meaning)))),
      ),
  );
}

/** A paragraph for each option. */
export function optionItems(options: readonly OptionModel[]): readonly string[] {
  return options.map(({ short, long, text, value }) => {
    const names = [...(short === null ? [] : [literal(`-${short}`)]), literal(`--${long}`)].join(', ');
    const taken = value === null ? '' : placeholder(value.name);
    return item(
      value?.optional ? `${names} [${taken}]` : `${names} ${taken}`.trimEnd(),
      prose(sentence(text)),
    );
  });
}

function argumentOf({ name, optional, variadic }: ArgumentModel): string {
  const words = `${placeholder(name)}${variadic ? ' ...' : ''}`;
  return optional ? ` [${words}]` : ` ${words}`;
}

function argumentText({ description, choices }: ArgumentModel): string {
  return choices.length === 0 ? description : `${description}: ${choices.join(', ')}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
