import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { secretVariables } from '../../src/config/variables.js';
import { sandboxSecretMarker } from '../../src/sandbox/secrets.js';

const program = fileURLToPath(new URL('../../bin/novita-spot.js', import.meta.url));

/** A home folder for each run, so that runs at the same time do not share a lock. */
const homes = mkdtempSync(join(tmpdir(), 'novita-spot-test-'));
process.once('exit', () => rmSync(homes, { recursive: true, force: true }));
let runs = 0;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether something is written to standard input; nothing by default. */
  readonly input?: 'pipe' | 'ignore';
}

/**
 * Starts the built program with nothing in its environment but what a scheduler gives, at debug level.
 * Of every run, all that it printed and all files that it left at home are searched for secrets.
 */
export function startProgram(
  args: readonly string[],
  { environment = {}, input = 'ignore' }: ProgramOptions = {},
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const home = join(homes, String((runs += 1)));
  const child = spawn(process.execPath, ['--', program, ...args], {
    env: { PATH: '/usr/bin:/bin', HOME: home, MIGRATION_LOG_LEVEL: 'debug', ...environment },
    stdio: [input, 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const leaked = leakedSecret(environment, [output.stdout, output.stderr, ...filesIn(home)]);
      if (leaked === null) resolve({ code, signal, ...output });
      else reject(new Error(`A secret came out of novita-spot ${args.join(' ')}: ${leaked}`));
    });
  });
  return { child, ended };
}

/** Runs the built program to its end. */
export function runProgram(args: readonly string[], options: ProgramOptions = {}): Promise<Ended> {
  return startProgram(args, options).ended;
}

/** Keys that are too short to be one would be found in any text. */
const shortestKey = 6;

function leakedSecret(
  environment: Readonly<Record<string, string>>,
  texts: readonly string[],
): string | null {
  const given = secretVariables.map((name) => environment[name] ?? '');
  const secrets = [sandboxSecretMarker, ...given.filter((secret) => secret.length >= shortestKey)];
  return secrets.find((secret) => texts.some((text) => text.includes(secret))) ?? null;
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
