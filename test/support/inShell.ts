import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));

export interface ShellRun {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
}

/**
 * Runs the built program the way a shell line says, in which "$@" stands for the program and its arguments.
 *
 * @param line - such as `"$@" > /dev/full`
 */
export function startInShell(
  line: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ShellRun {
  const child = spawn('/bin/bash', ['-c', line, 'bash', process.execPath, program, ...args], {
    env: { PATH: '/usr/bin:/bin', HOME: tmpdir(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return { child, ended };
}
