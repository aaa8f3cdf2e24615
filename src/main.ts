import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Invocation } from './cli/invocation.js';
import type { ProblemContext } from './composition/problems.js';
import type { EndSignal, System } from './composition/system.js';
import type { CachingProcess } from './runtime/codeCache.js';
import { useCompileCache } from './runtime/compileCache.js';
import { letGoOfDead, terminalsNow } from './runtime/deadTerminals.js';
import { listenToStops } from './runtime/jobControl.js';
import { outputTo, type ProcessOutput } from './runtime/outputTo.js';
import { whyNotExecutable } from './runtime/executable.js';
import { isTerminal } from './runtime/isTerminal.js';
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
    if (args.length === 1 && args[0] === '--version')
      return await print(`${version}\n`, { args, system, startedAtMs });
    const facts = { version, scenarios: scenarioNames, width: stdout.width };
    const { readCommandLine } = await import('./cli/program.js');
    const line = readCommandLine(args, facts);
    switch (line.kind) {
      case 'text':
        return await print(line.text, { args, system, startedAtMs });
      case 'usage': {
        const { presentProblem, usageFailure } = await import('./composition/problems.js');
        return presentProblem(usageFailure(line), { args, system, startedAtMs }, line.help ?? '');
      }
      case 'completion': {
        const { completionScript } = await import('./cli/completion/completionScript.js');
        return await print(completionScript(line.shell, facts), { args, system, startedAtMs });
      }
      case 'run':
        return await runInvocation(line.invocation, { args, system, startedAtMs });
    }
  } catch (error) {
    const { presentBug } = await import('./composition/problems.js');
    return presentBug(error, { args, system, startedAtMs });
  }
}

/** Prints a text that is all there is to do. */
async function print(text: string, context: ProblemContext): Promise<number> {
  const { stdout } = context.system;
  stdout.write(text);
  const lostBy = await stdout.lost();
  if (lostBy === null) return 0;
  const { presentProblem } = await import('./composition/problems.js');
  const { outputFailure } = await import('./composition/lostOutput.js');
  return presentProblem(outputFailure(lostBy), context);
}

/** Each command is read only when it is asked for: what is not needed would be half of the time of a start. */
async function runInvocation(invocation: Invocation, context: ProblemContext): Promise<number> {
  const { system } = context;
  switch (invocation.command) {
    case 'status': {
      const { runStatus } = await import('./composition/runStatus.js');
      return await runStatus(invocation, system);
    }
    case 'sandbox': {
      const { serveSandbox } = await import('./composition/sandboxes.js');
      const failure = await serveSandbox(invocation, system, systemClock);
      if (failure === null) return 0;
      const { presentProblem } = await import('./composition/problems.js');
      return presentProblem(failure, context);
    }
    default: {
      if (invocation.watchSeconds !== null) return await watch(invocation, invocation.watchSeconds, context);
      const { runCommand } = await import('./composition/runCommand.js');
      return runCommand(invocation, system);
    }
  }
}

async function watch(invocation: Invocation, seconds: number, context: ProblemContext): Promise<number> {
  const { runWatch, whyNoWatch } = await import('./composition/runWatch.js');
  const refusal = whyNoWatch(context.system);
  if (refusal === null) return runWatch(invocation, context.system, seconds);
  const { presentProblem, usageFailure } = await import('./composition/problems.js');
  const { command } = invocation;
  return presentProblem(usageFailure({ kind: 'usage', message: refusal, command, help: null }), context);
}

const terminals = terminalsNow();

/** Has the process end with a code as soon as nothing is left to do. */
export function leaveWith(code: number): void {
  process.exitCode = code;
  letGoOfDead(terminals);
}

const endSignals: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function processSystem(): System {
  useCompileCache(process.env, dirname(fileURLToPath(import.meta.url)), cachingProcess());
  // A stream is opened by the first look at it.
  let stderr: ProcessOutput | null = null;
  return {
    environment: process.env,
    homeDirectory: homeDirectory(),
    version: packageVersion(),
    pid: process.pid,
    isAlive,
    stdout: outputTo(process.stdout, 1),
    get stderr() {
      return (stderr ??= outputTo(process.stderr, 2));
    },
    get conversation() {
      return isTerminal(0) && isTerminal(2) ? { input: process.stdin, output: process.stderr } : null;
    },
    readTextFile: readPlainFile,
    readStandardInput: async (signal) => {
      const { addAbortSignal } = await import('node:stream');
      const { text } = await import('node:stream/consumers');
      return text(addAbortSignal(signal, process.stdin));
    },
    listFiles,
    whyNotExecutable,
    signalGroup: (pid, signal) => process.kill(-pid, signal),
    onSignal: (listener) => {
      for (const signal of endSignals) process.on(signal, listener);
      return () => {
        for (const signal of endSignals) process.off(signal, listener);
      };
    },
    onStop: (listener) => listenToStops(process, listener),
  };
}

/** Null where a process belongs to no user, as on Windows. */
function cachingProcess(): CachingProcess | null {
  const userId = process.getuid?.();
  if (userId === undefined) return null;
  return { pid: process.pid, userId, onExit: (listener) => process.once('exit', listener) };
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

function packageVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return version;
}
