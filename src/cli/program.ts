import { type Command, CommanderError } from 'commander';
import { buildProgram, type ProgramFacts } from './commandTree.js';
import type { CommandLine } from './invocation.js';

/**
 * Reads a command line. Nothing is run and nothing is printed.
 *
 * @param args - without the interpreter and the program
 */
export function readCommandLine(args: readonly string[], facts: ProgramFacts): CommandLine {
  const asked: CommandLine[] = [];
  let text = '';
  const program = buildProgram(facts, {
    run: (invocation) => asked.push({ kind: 'run', invocation }),
    complete: (shell) => asked.push({ kind: 'completion', shell }),
    print: (part) => (text += part),
  });
  try {
    program.parse(separateSandbox(args, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text };
    // Without a known command, commander prints its help as if it were an error and calls it "(outputHelp)".
    const isHelp = error.code === 'commander.help';
    // Help on an unknown command is told the same as that command itself.
    if (isHelp && program.args[0] === 'help') return readCommandLine(withoutFirst('help', args), facts);
    const withValue =
      error.code === 'commander.unknownOption' ? valuedFlagIn(error.message, args) : undefined;
    if (withValue !== undefined) return readCommandLine(withoutValue(withValue, args), facts);
    if (isHelp) return { ...commandIsMissing, help: text };
    const message = error.message.replace(/^error: /, '').trimEnd();
    return { kind: 'usage', message, command: commandIn(args, program), help: null };
  }
  return asked[0] ?? commandIsMissing;
}

const commandIsMissing = {
  kind: 'usage',
  message: 'a command is missing',
  command: null,
  help: null,
} as const;

/** The word that is the command, as far as one can tell from a line that is not valid. */
function commandIn(args: readonly string[], program: Command): string | null {
  const commands = commandNames(program);
  return args.find((arg) => commands.has(arg)) ?? null;
}

function commandNames(program: Command): ReadonlySet<string> {
  const visible = program.createHelp().visibleCommands(program);
  return new Set(visible.map((command) => command.name()));
}

function withoutFirst(word: string, words: readonly string[]): readonly string[] {
  const index = words.indexOf(word);
  return words.filter((_, at) => at !== index);
}

/** An unknown option that was given as `--option=value`: commander compares all of it with the known ones. */
function valuedFlagIn(message: string, args: readonly string[]): string | undefined {
  return args.find((arg) => /^--[^=]+=/.test(arg) && message.includes(`'${arg}'`));
}

function withoutValue(flag: string, args: readonly string[]): readonly string[] {
  return args.map((arg) => (arg === flag ? arg.slice(0, arg.indexOf('=')) : arg));
}

/** `--sandbox list` means the default scenario and the command `list`, not a scenario of that name. */
function separateSandbox(args: readonly string[], program: Command): string[] {
  const commands = commandNames(program);
  return args.map((arg, index) =>
    arg === '--sandbox' && commands.has(args[index + 1] ?? '') ? '--sandbox=demo' : arg,
  );
}
