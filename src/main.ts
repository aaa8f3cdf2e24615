import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { text } from 'node:stream/consumers';
import { readCommandLine } from './cli/program.js';
import { outputFailure } from './composition/lostOutput.js';
import { presentProblem, usageFailure } from './composition/problems.js';
import { runCommand } from './composition/runCommand.js';
import { serveSandbox } from './composition/sandboxes.js';
import type { EndSignal, System } from './composition/system.js';
import { outputTo } from './runtime/outputTo.js';
import { failureOf } from './core/failure.js';
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
  const context = () => ({ args, system, runId: randomUUID(), startedAtMs, finishedAtMs: systemClock.now() });
  const print = async (text: string): Promise<number> => {
    system.stdout.write(text);
    const lostBy = await system.stdout.lost();
    return lostBy === null ? 0 : presentProblem(outputFailure(lostBy), context());
  };
  try {
    const { version, stdout } = system;
    const facts = { version, scenarios: scenarioNames, width: stdout.width };
    const line = readCommandLine(args, facts);
    if (line.kind === 'usage') return presentProblem(usageFailure(line), context(), line.help ?? '');
    if (line.kind === 'text') {
      return await print(line.text);
    }
    if (line.kind === 'completion') {
      const { completionScript } = await import('./cli/completion/completionScript.js');
      return await print(completionScript(line.shell, facts));
    }
    const { invocation } = line;
    if (invocation.command === 'status') {
      const { runStatus } = await import('./composition/runStatus.js');
      return await runStatus(invocation, system);
    }
    if (invocation.command !== 'sandbox') return await runCommand(invocation, system);
    const failure = await serveSandbox(invocation, system, systemClock);
    return failure === null ? 0 : presentProblem(failure, context());
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    return presentProblem(failureOf('internal_error', { detail: message }), context(), stack);
  }
}

const endSignals: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function processSystem(): System {
  const { stdin, stdout, stderr } = process;
  return {
    environment: process.env,
    homeDirectory: homeDirectory(),
    version: packageVersion(),
    pid: process.pid,
    isAlive,
    stdout: outputTo(stdout, 1),
    stderr: outputTo(stderr, 2),
    conversation: stdin.isTTY && stderr.isTTY ? { input: stdin, output: stderr } : null,
    readTextFile: readPlainFile,
    readStandardInput: () => text(stdin),
    listFiles,
    whyNotExecutable,
    signalGroup: (pid, signal) => process.kill(-pid, signal),
    onSignal: (listener) => {
      for (const signal of endSignals) process.on(signal, listener);
      return () => {
        for (const signal of endSignals) process.off(signal, listener);
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

function packageVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return version;
}
