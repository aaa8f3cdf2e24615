import type { CommandModel, OptionModel, ProgramModel } from '../programModel.js';
import { everyOption, flagsOf, functionName, optionsAfter, takesNextWord } from './words.js';

/**
 * The completion script for bash 3.2 and newer. It needs nothing of the bash-completion package, and works with it.
 */
export function bashCompletion(program: ProgramModel): string {
  const name = functionName(program);
  return `# Completes ${program.name} in bash. Made by: ${program.name} completion bash

${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  local prefix= attached= command= operands=0 before= words= word i
  COMPREPLY=()

  # bash hands over "--output=json" as three words, or as one where "=" does not break words.
  if [[ $current == "=" ]]; then
    attached=1 current=
  elif [[ $previous == "=" ]]; then
    attached=1 previous=\${COMP_WORDS[COMP_CWORD-2]}
  elif [[ $current == --*=* ]]; then
    attached=1 previous=\${current%%=*} prefix=\${current%%=*}= current=\${current#*=}
  fi

  # The command is the first word that is the name of one and is not the value of an option.
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in
      --) return ;;
      =) continue ;;
    esac
    case $before in
      ${alternatives(everyOption(program).filter(takesNextWord).flatMap(flagsOf))}) word= ;;
    esac
    before=$word
    if [[ -n $command ]]; then
      [[ -z $word || $word == -* ]] || operands=$((operands + 1))
      continue
    fi
    case $word in
      ${alternatives(program.commands.map(({ name }) => name))}) command=$word ;;
    esac
  done

  case $previous in
${everyOption(program)
  .map((option) => valueCase(option, name))
  .join('')}  esac
  [[ -n $attached ]] && return

  case $command,$operands in
    ,*) words="$words ${program.commands.map((command) => command.name).join(' ')}" ;;
${program.commands.map(argumentCase).join('')}  esac
  if [[ $current == -* || -z $words ]]; then
    case $command in
      '') words='${wordsOf(program.options)}' ;;
${program.commands
  .map((command) => `      ${command.name}) words='${wordsOf(optionsAfter(command, program))}' ;;\n`)
  .join('')}    esac
  fi
  ${name}_words "$words"
}

${name}_words() {
  COMPREPLY=($(compgen -P "$prefix" -W "$1" -- "$current"))
}

# readline knows best how to quote a file name; where it cannot be asked, plain names do.
${name}_paths() {
  [[ -z $prefix ]] && compopt -o "$1" 2>/dev/null && return
  while IFS= read -r word; do
    COMPREPLY+=("$word")
  done < <(compgen -P "$prefix" -A "$2" -- "$current")
}

complete -F ${name} ${program.name}
`;
}

function alternatives(words: readonly string[]): string {
  return words.join(' | ');
}

function wordsOf(options: readonly OptionModel[]): string {
  return options.flatMap(flagsOf).join(' ');
}

/** What comes after an option that takes a value. */
function valueCase(option: OptionModel, name: string): string {
  if (option.value === null) return '';
  const { kind, choices, optional } = option.value;
  const offer = {
    choice: `${name}_words '${choices.join(' ')}'`,
    file: `${name}_paths default file`,
    folder: `${name}_paths dirnames directory`,
    free: ':',
  }[kind];
  const flags = alternatives(flagsOf(option));
  if (!optional) return `    ${flags}) ${offer}; return ;;\n`;
  // The value may be left out, so that a command or another option may follow as well.
  const choicesToo = kind === 'choice' ? `words='${choices.join(' ')}'` : ':';
  return `    ${flags}) if [[ -n $attached ]]; then ${offer}; return; fi; ${choicesToo} ;;\n`;
}

function argumentCase({ name, arguments: [argument] }: CommandModel): string {
  if (argument?.kind !== 'choice') return '';
  const operands = argument.variadic ? '*' : '0';
  return `    ${name},${operands}) words="$words ${argument.choices.join(' ')}" ;;\n`;
}
