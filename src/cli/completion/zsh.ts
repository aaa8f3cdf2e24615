import type { ArgumentModel, OptionModel, ProgramModel, ValueModel } from '../programModel.js';
import { everyOption, flagsOf, optionsAfter, quoted } from './words.js';

/** The completion script for zsh. It works as a file in $fpath, and when sourced after compinit. */
export function zshCompletion(program: ProgramModel): string {
  const name = `_${program.name}`;
  const optional = everyOption(program).filter(({ value }) => value?.optional);
  return `#compdef ${program.name}
# Completes ${program.name} in zsh. Made by: ${program.name} completion zsh

${name}() {
  local curcontext=$curcontext context state state_descr line
  typeset -A opt_args
  local -a subcommands=(
${program.commands.map((command) => `    ${quoted(`${command.name}:${command.description}`)}\n`).join('')}  )

  # A command is never the value of an option that may stand without one.
  local -i i
  for ((i = 2; i < CURRENT - 1; i++)); do
    [[ $words[i] == (${optional.flatMap(flagsOf).join('|')}) ]] || continue
    [[ $words[i+1] == (${program.commands.map((command) => command.name).join('|')}) ]] || continue
    words[i]=()
    CURRENT=$((CURRENT - 1))
  done

  _arguments -C -s \\
${specs(program.options)}    ${quoted('1:command:->command')} \\
    ${quoted('*::argument:->argument')} && return

  case $state in
    command) _describe -t commands command subcommands ;;
    argument)
      curcontext=\${curcontext%:*:*}:${program.name}-$words[1]:
      case $words[1] in
${program.commands
  .map(
    (command) => `        ${command.name})
          _arguments -s \\
${specs(optionsAfter(command, program), '            ')}            ${command.arguments.map(argumentSpec).join(' ')} ;;
`,
  )
  .join('')}      esac
      ;;
  esac
}

if [[ $funcstack[1] == ${name} ]]; then
  ${name} "$@"
else
  compdef ${name} ${program.name}
fi
`;
}

function specs(options: readonly OptionModel[], indent = '    '): string {
  return options.map((option) => `${indent}${optionSpec(option)} \\\n`).join('');
}

function optionSpec({ short, long, description, value }: OptionModel): string {
  const meaning = `[${description.replaceAll(/[\\\]:[]/g, '\\$&')}]`;
  const valued = value === null ? meaning : `${meaning}${value.optional ? '::' : ':'}${valueSpec(value)}`;
  const [afterShort, afterLong] = value === null ? ['', ''] : ['+', '='];
  if (short === null) return quoted(`--${long}${afterLong}${valued}`);
  const either = `{-${short}${afterShort},--${long}${afterLong}}`;
  return `${quoted(`(-${short} --${long})`)}${either}${quoted(valued)}`;
}

function argumentSpec(argument: ArgumentModel): string {
  const { name, kind, choices, variadic, optional } = argument;
  const position = variadic ? '*:' : optional ? '1::' : '1:';
  // A message about what to type, as options have it, would keep zsh from completing a lone option in its place.
  return quoted(
    `${position}${kind === 'free' ? `${name}:()` : valueSpec({ name, kind, choices, optional })}`,
  );
}

function valueSpec({ name, kind, choices }: ValueModel): string {
  const action = { choice: `(${choices.join(' ')})`, file: '_files', folder: '_files -/', free: ' ' }[kind];
  return `${name}:${action}`;
}
