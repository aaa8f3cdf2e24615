import { type Command, CommanderError } from 'commander';
import { buildProgram, type ProgramFacts } from './commandTree.js';
import type { CommandLine, Invocation } from './invocation.js';

/**
 * Reads a command line. Nothing is run and nothing is printed.
 *
 * @param args - without the interpreter and the program
 */
export function readCommandLine(args: readonly string[], facts: ProgramFacts): CommandLine {
  const invocations: Invocation[] = [];
  let text = '';
  const program = buildProgram(
    facts,
    (invocation) => invocations.push(invocation),
    (part) => (text += part),
  );
  try {
    program.parse(separateSandbox(args, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'text', text };
    // Without a command, commander prints its help as if it were an error and calls it "(outputHelp)".
    const missing = args.includes('help') ? 'there is no such command' : 'a command is missing';
    const message = error.code === 'commander.help' ? `${missing}\n\n${text}` : error.message;
    return { kind: 'usage', message: message.replace(/^error: /, '') };
  }
  const [invocation] = invocations;
  return invocation ? { kind: 'run', invocation } : { kind: 'usage', message: 'a command is missing' };
}

/** `--sandbox list` means the default scenario and the command `list`, not a scenario of that name. */
function separateSandbox(args: readonly string[], program: Command): string[] {
  const commands = new Set(program.commands.map((command) => command.name()));
  return args.map((arg, index) =>
    arg === '--sandbox' && commands.has(args[index + 1] ?? '') ? '--sandbox=demo' : arg,
  );
}
