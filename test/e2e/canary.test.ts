import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { sandboxSecretMarker } from '../../src/sandbox/secrets.js';
import { runProgram } from '../support/runProgram.js';

const key = 'sk_canary_"quoted"_%2F_0123456789';

/** Every form in which the key could come out, and what the sandbox hides in its answers. */
const secrets = [
  key,
  'canary',
  JSON.stringify(key).slice(1, -1),
  encodeURIComponent(key),
  Buffer.from(key).toString('base64').slice(0, -4),
  Buffer.from(`Bearer ${key}`).toString('base64').slice(4, -4),
  sandboxSecretMarker,
];

describe('a canary key at debug level', () => {
  let sandbox: Sandbox;
  let stateDir: string;
  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'novita-spot-state-'));
    sandbox = await startSandbox({ scenario: 'faults', apiKey: key, now: () => Date.now() });
  });
  after(async () => {
    await sandbox.close();
    await rm(stateDir, { recursive: true });
  });

  const runs: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>])[] = [
    ['list', ['list', '-v'], {}],
    ['check, as JSON', ['check', '-v', '-o', 'json'], {}],
    ['migrate with faults', ['migrate', '-v', '-o', 'json'], {}],
    ['text logs', ['migrate', '-v'], { MIGRATION_LOG_FORMAT: 'text' }],
    ['a refused key', ['migrate', '-v', '-o', 'json'], { NOVITA_API_KEY: `${key}x` }],
    ['a dead server', ['list', '-v', '-o', 'json'], { NOVITA_API_BASE_URL: 'http://127.0.0.1:1' }],
    ['the key in every other variable', ['list', '-o', 'json'], everyVariableIs(key)],
    ['the key as an argument', ['check', '-o', 'json', '--sandbox', 'demo', key], {}],
    ['the key as an unknown option', ['check', '-o', 'json', `--key=${key}`], {}],
  ];
  it('writes the state folder at all', async () => {
    const environment = {
      NOVITA_API_KEY: key,
      NOVITA_API_BASE_URL: sandbox.baseUrl,
      NOVITA_SPOT_STATE_DIR: stateDir,
    };
    await runProgram(['migrate', '-q', '--', 'fault-none'], { environment });
    expect(await everyFileIn(stateDir)).to.include('fault-none');
  });

  for (const [title, args, changes] of runs) {
    it(`appears nowhere: ${title}`, async () => {
      const environment = {
        NOVITA_API_KEY: key,
        NOVITA_API_BASE_URL: sandbox.baseUrl,
        NOVITA_SPOT_STATE_DIR: stateDir,
        MIGRATION_RETRY_BASE_MS: '1',
        ...changes,
      };
      const { stdout, stderr } = await runProgram(args, { environment });
      expect(stdout + stderr).not.to.equal('');
      for (const secret of secrets)
        expect(stdout + stderr + (await everyFileIn(stateDir))).not.to.include(secret);
    });
  }
});

async function everyFileIn(folder: string): Promise<string> {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return [...names, ...texts].join('\n');
}

function everyVariableIs(value: string): Readonly<Record<string, string>> {
  const names = [
    'MIGRATION_LOG_LEVEL',
    'MIGRATION_MAX_CONCURRENT',
    'MIGRATION_INCLUDE',
    'NOVITA_API_BASE_URL',
  ];
  return Object.fromEntries(
    [...names, 'NOVITA_SPOT_STATE_DIR', 'NOVITA_API_KEYS'].map((name) => [name, value]),
  );
}
