import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isatty } from 'node:tty';
import type { Invocation } from './cli/invocation.js';
import { readCommandLine } from './cli/program.js';
import type { ProblemContext } from './composition/problems.js';
import type { Output, System } from './composition/system.js';
import { whyNotExecutable } from './runtime/executable.js';
import { listFiles } from './runtime/listFiles.js';
import { readPlainFile } from './runtime/plainFile.js';
import { systemClock } from './runtime/systemClock.js';
import { scenarioNames } from './sandbox/scenarioNames.js';

/**
 * Runs the program once.
 *
 * @param args - the command line, without the interpreter and the program
 * @returns the exit code, as documented in the README
 */
export async function main(args: readonly string[], system: System = processSystem()): Promise<number> {
  const startedAtMs = systemClock.now();
  try {
    const { version, stdout } = system;
    const facts = { version, scenarios: scenarioNames, width: stdout.width };
    const line = readCommandLine(args, facts);
    switch (line.kind) {
      case 'text':
        stdout.write(line.text);
        return 0;
      case 'usage': {
        const { presentProblem, usageFailure } = await import('./composition/problems.js');
        return presentProblem(usageFailure(line.message), { args, system, startedAtMs });
      }
      case 'completion': {
        const { completionScript } = await import('./cli/completion/completionScript.js');
        stdout.write(completionScript(line.shell, facts));
        return 0;
      }
      case 'run':
        return await runInvocation(line.invocation, { args, system, startedAtMs });
    }
  } catch (error) {
    const { presentBug } = await import('./composition/problems.js');
    return presentBug(error, { args, system, startedAtMs });
  }
}

/** Each command is read only when it is asked for: what is not needed would be half of the time of a start. */
async function runInvocation(invocation: Invocation, context: ProblemContext): Promise<number> {
  const { system } = context;
  switch (invocation.command) {
    case 'status': {
      const { runStatus } = await import('./composition/runStatus.js');
      return runStatus(invocation, system);
    }
    case 'sandbox': {
      const { serveSandbox } = await import('./composition/sandboxes.js');
      const failure = await serveSandbox(invocation, system, systemClock);
      if (failure === null) return 0;
      const { presentProblem } = await import('./composition/problems.js');
      return presentProblem(failure, context);
    }
    default: {
      const { runCommand } = await import('./composition/runCommand.js');
      return runCommand(invocation, system);
    }
  }
}

function processSystem(): System {
  const { stdout, stderr } = process;
  return {
    environment: process.env,
    homeDirectory: homeDirectory(),
    version: packageVersion(),
    pid: process.pid,
    isAlive,
    stdout: outputTo(stdout),
    stderr: outputTo(stderr),
    // Standard input is opened by the first look at it.
    get conversation() {
      return isatty(0) && stderr.isTTY ? { input: process.stdin, output: stderr } : null;
    },
    readTextFile: readPlainFile,
    readStandardInput: async () => {
      const { text } = await import('node:stream/consumers');
      return text(process.stdin);
    },
    listFiles,
    whyNotExecutable,
    signalGroup: (pid, signal) => process.kill(-pid, signal),
    onSignal: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}

/** A user of a container may have no entry in the password file; then there is no home directory to know. */
function homeDirectory(): string {
  try {
    return homedir();
  } catch {
    return '';
  }
}

/** Signal 0 is sent to nobody: the kernel only says whether it could be. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** A reader that went away, such as `| head`, or a full disk must not turn the result of a run into a crash. */
function outputTo(stream: NodeJS.WriteStream): Output {
  stream.on('error', () => undefined);
  return {
    isTerminal: stream.isTTY,
    get width() {
      return sizeOf(stream.columns, 80);
    },
    get height() {
      return sizeOf(stream.rows, 24);
    },
    write: (text) => {
      if (text !== '') stream.write(text);
    },
  };
}

/** A terminal that does not know its size says 0; what is no terminal says nothing. */
function sizeOf(said: number | undefined, usual: number): number {
  return said === undefined || said < 1 ? usual : said;
}

function packageVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return version;
}
