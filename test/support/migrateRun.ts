import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Ended, runProgram } from './runProgram.js';

/** The key that every run is given; it must never come out again. */
export const canaryKey = 'sk_canary_Zm9vYmFy0123456789';

/** What a migrate run is told so that waiting takes milliseconds. */
export function quickEnvironment(baseUrl: string, stateDir: string): Readonly<Record<string, string>> {
  return {
    NOVITA_API_BASE_URL: baseUrl,
    NOVITA_API_KEY: canaryKey,
    NOVITA_SPOT_STATE_DIR: stateDir,
    MIGRATION_RETRY_BASE_MS: '5',
    MIGRATION_REQUEST_TIMEOUT_MS: '5000',
  };
}

/** Makes an empty folder that `removeFolders` takes away again. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'novita-spot-test-'));
  folders.push(folder);
  return folder;
}
const folders: string[] = [];

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export interface MigrateRun extends Ended {
  readonly report: Report;
}

/** Runs `migrate -o json` to its end, in a state folder of its own, and checks what holds for every run. */
export async function runMigrate(
  baseUrl: string,
  environment: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<MigrateRun> {
  const stateDir = environment['NOVITA_SPOT_STATE_DIR'] ?? newFolder();
  const ended = await runProgram(['migrate', '-o', 'json', ...args], {
    environment: { ...quickEnvironment(baseUrl, stateDir), ...environment },
  });
  expectNoLeak(ended, stateDir);
  const report = oneDocument(ended);
  expect(report.exitCode, 'exit code of the report').to.equal(ended.code);
  return { ...ended, report };
}

/** Reads stdout, which must be one JSON document and a line end. */
export function oneDocument({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>): Report {
  try {
    const document = JSON.parse(stdout) as Report;
    expect(stdout.endsWith('}\n'), 'stdout ends with a line end').to.be.true;
    return document;
  } catch (error) {
    throw new Error(`stdout is not one JSON document:\n${stdout}\nstderr:\n${stderr}`, { cause: error });
  }
}

/** The key is nowhere, in no form, and nothing looks like a crash. */
export function expectNoLeak({ stdout, stderr }: Pick<Ended, 'stdout' | 'stderr'>, stateDir: string): void {
  const texts = { stdout, stderr, ...filesOf(stateDir) };
  const forms = [
    canaryKey,
    Buffer.from(canaryKey).toString('base64'),
    Buffer.from(canaryKey).toString('hex'),
  ];
  for (const [where, text] of Object.entries(texts)) {
    for (const form of forms) expect(text.includes(form), `the key in ${where}: ${text}`).to.be.false;
    expect(text, `stack trace in ${where}`).not.to.match(
      /^\s+at .+:\d+|\\n\s+at .+:\d+|Uncaught|node:internal/m,
    );
  }
}

/** The text of every file of a folder, by name. */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => lstatSync(join(folder, name)).isFile());
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
