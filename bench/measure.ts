import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, withFolder } from './command.js';

export interface Run {
  /** From the start of the process to its end. */
  readonly durationMs: number;
  readonly stdout: string;
}

/**
 * Runs a program to its end. Its output goes into files, so that nobody has to read it meanwhile, and its home is
 * empty.
 *
 * @throws Error when it does not end well
 */
export function run({ program, args, environment }: Command): Promise<Run> {
  return withFolder(async (home) => {
    const paths = { stdout: join(home, 'stdout'), stderr: join(home, 'stderr') };
    const descriptors = [openSync(paths.stdout, 'w'), openSync(paths.stderr, 'w')] as const;
    try {
      const startedAt = process.hrtime.bigint();
      const child = spawn(program, args, {
        env: { ...environment, HOME: home },
        stdio: ['ignore', ...descriptors],
      });
      const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', resolve);
      });
      const durationMs = Number(process.hrtime.bigint() - startedAt) / 1e6;
      const stdout = readFileSync(paths.stdout, 'utf8');
      if (code === 0) return { durationMs, stdout };
      const said = readFileSync(paths.stderr, 'utf8').slice(-2_000);
      throw new Error(`${[program, ...args].join(' ')} ended with ${code}: ${stdout.slice(-500)}${said}`);
    } finally {
      descriptors.forEach(closeSync);
    }
  });
}

/** GNU time; that of the shell does not know of memory. */
const time = '/usr/bin/time';

export function canMeasureMemory(): boolean {
  return existsSync(time);
}

/**
 * Runs a program to its end under GNU time. A small process has to start it: Linux counts the memory of whoever starts
 * a process as if it were its own.
 *
 * @returns the peak of its resident memory, in MiB
 */
export function peakMemory({ program, args, environment }: Command): Promise<number> {
  return withFolder(async (folder) => {
    const path = join(folder, 'peak');
    await run({ program: time, args: ['--format=%M', `--output=${path}`, program, ...args], environment });
    return Number(readFileSync(path, 'utf8').trim()) / 1024;
  });
}
