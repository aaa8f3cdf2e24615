import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Rival } from './rivals.js';
import { apiKey } from './server/scenario.js';

/** A program to be run, with all that it finds in its environment. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** How many requests may be in flight. */
export interface InFlight {
  readonly pages: number;
  readonly migrations: number;
}

export const defaultInFlight: InFlight = { pages: 8, migrations: 5 };

const entry = fileURLToPath(new URL('../bin/novita-spot.js', import.meta.url));

/** Where node keeps what it made of our files, as in the home of a user: a scheduler starts the program again and again. */
const caches = mkdtempSync(join(tmpdir(), 'novita-spot-bench-caches-'));
process.once('exit', () => rmSync(caches, { recursive: true, force: true }));

/**
 * What a scheduler gives, and nothing of what this machine has set: an inherited NODE_EXTRA_CA_CERTS alone more than
 * doubles the start of node, which makes whatever comes after it look small.
 */
function cleanEnvironment(): Readonly<Record<string, string>> {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LANG: 'C.UTF-8' };
}

/** Node itself, doing nothing: what every start is compared with. */
export const emptyNode: Command = {
  program: process.execPath,
  args: ['-e', '0'],
  environment: cleanEnvironment(),
};

/** The same as it starts for the first time, and each time where its user has no cache folder. */
export function novitaSpotWithoutCache(command: Command): Command {
  return { ...command, environment: { ...command.environment, XDG_CACHE_HOME: '' } };
}

/** The built program. */
export function novitaSpot(
  args: readonly string[],
  baseUrl: string,
  inFlight: InFlight = defaultInFlight,
): Command {
  return {
    program: process.execPath,
    args: ['--', entry, ...args],
    environment: {
      ...cleanEnvironment(),
      XDG_CACHE_HOME: caches,
      NOVITA_API_BASE_URL: baseUrl,
      NOVITA_API_KEY: apiKey,
      MIGRATION_PAGE_CONCURRENCY: String(inFlight.pages),
      MIGRATION_MAX_CONCURRENT: String(inFlight.migrations),
      MIGRATION_MAX_PER_RUN: '0',
    },
  };
}

export function rivalCommand(
  { program, script }: Rival,
  action: 'list' | 'migrate',
  baseUrl: string,
  inFlight: InFlight,
): Command {
  return {
    program,
    args: [script, action],
    environment: {
      ...cleanEnvironment(),
      XDG_CACHE_HOME: caches,
      NOVITA_API_BASE_URL: baseUrl,
      NOVITA_API_KEY: apiKey,
      PAGES_AT_ONCE: String(inFlight.pages),
      MIGRATIONS_AT_ONCE: String(inFlight.migrations),
    },
  };
}

/** Does something with a folder that is gone afterwards. */
export async function withFolder<Value>(work: (folder: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'novita-spot-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
