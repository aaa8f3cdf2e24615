import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type ConfigSources, loadConfig } from '../../src/config/config.js';
import { startInParallel } from '../support/inParallel.js';
import { type Ended, runProgram } from '../support/runProgram.js';

const folder = new URL('../../docs/examples/', import.meta.url);

/** What becomes of the account of the sandbox when it is run with each of them. */
const outcomes: Readonly<Record<string, RegExp>> = {
  // Followed for as long as the command line says, not as the file does.
  'small.env': /13 instances, 8 exited: 4 eligible, 4 migrated\./,
  'large.env': /13 instances, 8 exited: 4 eligible, 4 migrated\./,
  'cautious.env':
    /Dry run, nothing was changed\. 13 instances, 8 exited: 3 eligible, 1 would be migrated, 2 /,
};
const names = Object.keys(outcomes);

/** The secrets that the files name; nothing else can be read. */
const secretFiles: Readonly<Record<string, string>> = {
  '/etc/novita-spot/api-key': 'sk_of-an-example\n',
  '/etc/novita-spot/ping-url': 'https://hc.example.com/0123-4567\n',
  '/etc/novita-spot/webhook-url': 'https://hooks.example.com/0123-4567\n',
};

function load(envFile: string) {
  const sources: ConfigSources = {
    environment: {},
    flags: {},
    envFile: 'example.env',
    sandbox: null,
    homeDirectory: '/home/ada',
    readTextFile: (path) => {
      const text = path === 'example.env' ? envFile : secretFiles[path];
      if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
      return text;
    },
  };
  return loadConfig(sources);
}

describe('the example configurations', () => {
  it('are all known here', () => expect(readdirSync(folder)).to.have.members(names));

  let run: (name: string) => Promise<Ended>;
  before(() => {
    run = startInParallel(names, (name) => {
      const path = fileURLToPath(new URL(name, folder));
      return runProgram(['migrate', '--sandbox', '--yes', '--wait', '0', '--env-file', path]);
    });
  });

  for (const name of names) {
    const text = readFileSync(new URL(name, folder), 'utf8');

    it(`${name} loads without a problem or a warning`, () => {
      expect(load(text).warnings).to.deep.equal([]);
    });

    it(`${name} also does with what is commented out`, () => {
      const settings = text.match(/^#[A-Z_]+=.*$/gm) ?? [];
      expect(settings).not.to.be.empty;
      const { config, warnings } = load(text.replaceAll(/^#(?=[A-Z_]+=)/gm, ''));
      expect(warnings).to.deep.equal([]);
      expect(config.reporting.webhook).not.to.equal(null);
    });

    it(`${name} leaves time for requests in flight before the next run`, () => {
      const { jobTimeoutMs, intervalMinutes, waitSeconds } = load(text).config;
      expect(jobTimeoutMs + 20_000).to.be.below(intervalMinutes * 60_000);
      expect(waitSeconds * 1000).to.be.below(jobTimeoutMs);
    });

    it(`${name} works on the sandbox`, async () => {
      const { code, stdout, stderr } = await run(name);
      expect(stdout, stderr).to.match(outcomes[name] ?? /^$/);
      expect(code).to.equal(0);
    });
  }
});
