import { type Command, Help, type Option } from 'commander';
import { documentationOf } from './documentedCommand.js';
import { type ExitStatus, exitStatuses } from './exitStatusHelp.js';

/**
 * The help of a command: what it does, examples, the options as commander lays them out, and how it ends.
 * No line is longer than the terminal is wide, so long as no single word is.
 */
export function formatHelp(command: Command, help: Help): string {
  const { examples, exitReasons, ownExitStatuses = [] } = documentationOf(command);
  const width = help.helpWidth ?? 80;
  const list = (title: string, items: readonly (readonly [term: string, meaning: string])[]): string[] => {
    const termWidth = Math.max(...items.map(([term]) => term.length));
    const lines = items.map(([term, meaning]) => help.formatItem(term, termWidth, meaning, help));
    return items.length === 0 ? [] : [title, ...lines, ''];
  };
  return [
    help.boxWrap(command.description(), width),
    '',
    ...list(
      'Examples:',
      examples.map(({ line, meaning }) => [line, meaning]),
    ),
    withoutDescription(command, help),
    ...list(
      'Exit status:',
      [...exitStatuses(exitReasons), ...ownExitStatuses]
        .sort(byCode)
        .map(({ code, meaning }) => [String(code).padStart(3), meaning]),
    ),
  ].join('\n');
}

function byCode(one: ExitStatus, other: ExitStatus): number {
  return one.code - other.code;
}

/** What commander makes of the options and commands. The description stands above the examples already. */
function withoutDescription(command: Command, help: Help): string {
  const plain = Object.assign(Object.create(help) as Help, { commandDescription: () => '' });
  return new Help().formatHelp.call(plain, command, plain);
}

/** What an option means, with its values and what it is when left out. */
export function optionText({ description, argChoices, defaultValue, presetArg }: Option): string {
  const usual: unknown = defaultValue ?? presetArg;
  const isShown = typeof usual === 'string' || typeof usual === 'number';
  const notes = [
    ...(argChoices === undefined ? [] : [argChoices.join(', ')]),
    ...(isShown ? [`default ${usual}`] : []),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}
