import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { runProgram } from '../support/runProgram.js';

const deadServer = { NOVITA_API_BASE_URL: 'http://127.0.0.1:9', MIGRATION_RETRY_BASE_MS: '1' };

describe('files that are none', () => {
  const at = useTemporaryFolder();
  beforeEach(() => void execFileSync('mkfifo', [at('pipe')]));

  const settings: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a key', { NOVITA_API_KEY_FILE: 'pipe' }, []],
    ['the URL of a ping', { NOVITA_API_KEY: 'a-key', HEALTHCHECK_PING_URL_FILE: 'pipe' }, []],
    ['an env file', { NOVITA_API_KEY: 'a-key' }, ['--env-file', 'pipe']],
  ];
  for (const [title, environment, args] of settings) {
    it(`do not keep the program waiting: ${title}`, async () => {
      const here = (text: string): string => (text === 'pipe' ? at('pipe') : text);
      const entries = Object.entries(environment).map(([name, value]) => [name, here(value)] as const);
      const ended = await runProgram(['list', ...args.map(here)], {
        environment: { ...deadServer, ...Object.fromEntries(entries) },
      });
      expect(ended.code).to.equal(78);
      expect(ended.stderr).to.include('is a pipe or a device, not a file');
    });
  }

  it('do not come out when they are taken for a key', async () => {
    const text = Array.from({ length: 6_000 }, (_, index) => `${index}-canary`).join('+');
    writeFileSync(at('key'), text);
    const environment = { ...deadServer, NOVITA_API_KEY_FILE: at('key') };
    const { code, stdout, stderr } = await runProgram(['list', '-o', 'json'], { environment });
    expect(code).to.equal(78);
    expect(stdout + stderr)
      .to.include('is longer than 4096 characters')
      .and.not.include('canary');
  });
});

describe('values that are none', () => {
  const refused: readonly (readonly string[])[] = [
    ['list', '--sandbox', '--include', '['],
    ['list', '--sandbox', '--exclude', 'a{b'],
    ['list', '--sandbox', '--include', ''],
    ['list', '--sandbox', '--account', ''],
    ['migrate', '--sandbox', '--accounts-dir', ''],
    ['check', '--sandbox', '--metrics-file', ''],
  ];
  for (const args of refused) {
    it(`are refused before anything is done: ${JSON.stringify(args)}`, async () => {
      const { code, stderr, stdout } = await runProgram(args);
      expect(code, stderr).to.equal(64);
      expect(stdout).to.equal('');
      expect(stderr).not.to.match(/^\s+at /m);
    });
  }
});
