import type { CommandModel, OptionModel, ProgramModel } from '../programModel.js';
import { everyOption, flagsOf, functionName, takesNextWord } from './words.js';

/** The completion script for fish 3.1 and newer. */
export function fishCompletion(program: ProgramModel): string {
  const name = `_${functionName(program)}`;
  const complete = `complete -c ${program.name}`;
  const valued = everyOption(program).filter(takesNextWord).flatMap(flagsOf);
  const names = program.commands.map((command) => command.name);
  const own = program.options.filter(({ long }) => !program.globalOptions.some((each) => each.long === long));
  const lines = [
    `${complete} -f`,
    ...program.commands.map(
      (command) => `${complete} -n '${name}_in ""' -a ${command.name} -d ${fishQuoted(command.description)}`,
    ),
    ...[...own, ...program.globalOptions].flatMap((option) => optionLines(option, complete, name)),
    ...program.commands.flatMap((command) => commandLines(command, program, complete, name)),
  ];
  return `# Completes ${program.name} in fish. Made by: ${program.name} completion fish

# Prints the command on the line and the words after it that are no options. The command is the first word that is
# the name of one and is not the value of an option.
function ${name}_operands
    set -l words (commandline -opc)
    set -l before
    set -l found
    for word in $words[2..-1]
        if contains -- "$before" ${valued.join(' ')}
            set before
            continue
        end
        set before $word
        if set -q found[1]
            string match -q -- '-*' $word; or set -a found $word
        else if contains -- $word ${names.join(' ')}
            set found $word
        end
    end
    printf '%s\\n' $found
end

# Whether the line is at this command; "" for none yet.
function ${name}_in
    set -l operands (${name}_operands)
    test "$operands[1]" = "$argv[1]"
end

# Whether the line is at this command, and no word that is no option follows it.
function ${name}_at
    set -l operands (${name}_operands)
    test (count $operands) -eq 1; and test $operands[1] = $argv[1]
end

# Whether the word before the cursor is this one.
function ${name}_after
    set -l words (commandline -opc)
    test "$words[-1]" = "$argv[1]"
end

${lines.join('\n')}
`;
}

function commandLines(
  { name: command, options, arguments: [argument] }: CommandModel,
  program: ProgramModel,
  complete: string,
  name: string,
): readonly string[] {
  const inCommand = `${complete} -n '${name}_in ${command}'`;
  const inGlobal = new Set(program.options.map(({ long }) => long));
  const lines = options
    .filter(({ long }) => !inGlobal.has(long))
    .flatMap((option) => optionLines(option, inCommand, name));
  if (argument?.kind !== 'choice') return lines;
  const condition = argument.variadic ? 'in' : 'at';
  return [
    ...lines,
    `${complete} -n '${name}_${condition} ${command}' -a '${argument.choices.join(' ')}' -d ${fishQuoted(argument.description)}`,
  ];
}

function optionLines(option: OptionModel, complete: string, name: string): readonly string[] {
  const { short, long, description, value } = option;
  const line = [complete, ...(short === null ? [] : [`-s ${short}`]), `-l ${long}`];
  const meaning = `-d ${fishQuoted(description)}`;
  if (value === null) return [[...line, meaning].join(' ')];
  const choices = `-a '${value.choices.join(' ')}'`;
  const offer = {
    choice: `-x ${choices}`,
    file: '-r -F',
    folder: "-x -a '(__fish_complete_directories)'",
    free: '-x',
  };
  if (!value.optional) return [[...line, offer[value.kind], meaning].join(' ')];
  // fish completes a value that may be left out after "=" only.
  const attached = value.kind === 'choice' ? choices : '';
  const separate = flagsOf(option).map(
    (flag) => `${complete} -n '${name}_after ${flag}' ${attached} -d ${fishQuoted(value.name)}`,
  );
  return [[...line, attached, meaning].join(' '), ...separate];
}

/** A word in single quotes, as fish reads it. */
function fishQuoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
