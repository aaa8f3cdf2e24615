import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { startInParallel } from '../support/inParallel.js';
import { runProgram } from '../support/runProgram.js';
import { problemsOf } from './reportSchema.js';

type Environment = Readonly<Record<string, string>>;

const quick = { MIGRATION_RETRY_BASE_MS: '1' };
const deadServer = { ...quick, NOVITA_API_KEY: 'a-key', NOVITA_API_BASE_URL: 'http://127.0.0.1:1' };

const accountsFolder = folderOf({ 'team-a': 'a-key', 'team-b': 'b-key' });
const badAccountsFolder = folderOf({ 'team-a': 'a-key', 'team-b': 'a-key' });

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'novita-spot-accounts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

type Run = readonly [title: string, args: readonly string[], Environment, code: number];

/** A run of each kind, and the exit code that shows it to be of that kind. */
const runs: readonly Run[] = [
  ['list', ['list', '--sandbox'], {}, 0],
  ['list with filters', ['list', '--sandbox', '--eligible', '--include', 'llama*'], {}, 0],
  ['list of 10,000 instances', ['list', '--sandbox', 'large'], {}, 0],
  ['check', ['check', '--sandbox'], {}, 0],
  ['check in detail', ['check', '--sandbox', '--detailed-exitcode'], {}, 2],
  ['check of an id that is not there', ['check', 'nope', '--sandbox'], {}, 21],
  ['migrate', ['migrate', '--sandbox'], {}, 0],
  ['migrate, only planned', ['migrate', '--sandbox', '--dry-run'], {}, 0],
  ['migrate by force', ['migrate', '358b05c80a469d3f', '--force', '--sandbox'], {}, 0],
  ['migrate with a limit', ['migrate', '--sandbox', '--max-per-run', '1'], {}, 20],
  ['migrate with all filtered out', ['migrate', '--sandbox'], { MIGRATION_EXCLUDE: '*' }, 0],
  ['migrate with local data held', ['migrate', '--sandbox'], { MIGRATION_LOCAL_DATA: 'hold' }, 0],
  ['migrate in an empty account', ['migrate', '--sandbox', 'empty'], {}, 0],
  ['migrate against faults', ['migrate', '--sandbox', 'faults'], quick, 20],
  ['migrate, disabled', ['migrate'], { MIGRATION_ENABLED: 'false', NOVITA_API_KEY: 'a-key' }, 0],
  ['no key', ['migrate'], {}, 78],
  ['a bad configuration', ['list'], { MIGRATION_MAX_CONCURRENT: 'many' }, 78],
  ['an unknown command', ['migrat'], {}, 64],
  ['no command', [], {}, 64],
  ['an unknown option', ['list', '--nope'], {}, 64],
  ['options that do not go together', ['migrate', '--sandbox', '--detailed-exitcode'], {}, 64],
  ['a dead server', ['migrate'], deadServer, 69],
  ['an account with a name', ['check', '--sandbox', '--account', 'team-a'], {}, 0],
  ['metrics that cannot be written', ['check', '--sandbox', '--metrics-file', '/dev/null/m.prom'], {}, 0],
  ['several accounts', ['migrate', '--sandbox', '--accounts-dir', accountsFolder], {}, 0],
  ['several accounts with a problem', ['list', '--sandbox', '--accounts-dir', badAccountsFolder], {}, 78],
  ['a folder of accounts that is missing', ['list', '--accounts-dir', '/dev/null/none'], {}, 78],
  ['a state folder that is none', ['migrate'], { ...deadServer, NOVITA_SPOT_STATE_DIR: '/dev/null' }, 73],
];

async function reportOf(args: readonly string[], environment: Environment, code: number): Promise<Report> {
  const ended = await runProgram([...args, '-o', 'json'], { environment });
  expect(ended.code, ended.stderr).to.equal(code);
  return JSON.parse(ended.stdout) as Report;
}

describe('the schema of the report, and what the program prints', () => {
  let resultOf: (run: Run) => Promise<Report>;
  before(() => {
    resultOf = startInParallel(runs, ([, args, environment, code]) => reportOf(args, environment, code));
  });
  for (const run of runs) {
    it(`accepts ${run[0]}`, async () => {
      expect(problemsOf(await resultOf(run))).to.deep.equal([]);
    });
  }

  describe('against a server', () => {
    let sandbox: Sandbox;
    before(async () => {
      sandbox = await startSandbox({ scenario: 'demo', apiKey: 'the-key', now: () => Date.now() });
    });
    after(() => sandbox.close());

    it('accepts a refused key', async () => {
      const environment = { NOVITA_API_KEY: 'other-key', NOVITA_API_BASE_URL: sandbox.baseUrl };
      expect(problemsOf(await reportOf(['migrate'], environment, 77))).to.deep.equal([]);
    });

    it('accepts an answer that is none of the API', async () => {
      const environment = { NOVITA_API_KEY: 'the-key', NOVITA_API_BASE_URL: `${sandbox.baseUrl}/elsewhere` };
      expect(problemsOf(await reportOf(['check'], environment, 76))).to.deep.equal([]);
    });
  });

  describe('refuses a document', () => {
    type Document = Record<string, unknown>;
    let migrated: Report;
    before(async () => {
      migrated = await reportOf(['migrate', '--sandbox', 'faults'], quick, 20);
    });

    const refusing = (instances: readonly Document[]): Document =>
      instances.find(({ error }) => error !== null) ?? {};
    /** The objects in a report, each of which has a set of fields of its own. */
    const places: readonly (readonly [string, (document: Document) => Document])[] = [
      ['the document', (document) => document],
      ['the summary', ({ summary }) => summary as Document],
      ['an instance', ({ instances }) => refusing(instances as Document[])],
      ['an error', ({ instances }) => refusing(instances as Document[])['error'] as Document],
    ];
    for (const [title, place] of places) {
      it(`with a field that ${title} does not know`, () => {
        const document = structuredClone(migrated) as unknown as Document;
        place(document)['extra'] = null;
        expect(problemsOf(document).join()).to.include('"additionalProperty":"extra"');
      });

      it(`without any one of the fields of ${title}`, () => {
        const fields = Object.keys(place(migrated as unknown as Document));
        expect(fields.length).to.be.at.least(5);
        for (const field of fields) {
          const document = structuredClone(migrated) as unknown as Document;
          // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
          delete place(document)[field];
          expect(problemsOf(document).join(), field).to.include(`"missingProperty":"${field}"`);
        }
      });
    }

    const wrong: readonly (readonly [string, (instance: Document, document: Document) => void])[] = [
      ['an unknown verdict', (instance) => (instance['verdict'] = 'maybe')],
      ['an eligible instance with a reason to skip it', (instance) => (instance['reason'] = 'cooldown')],
      ['an unknown outcome', (instance) => (instance['outcome'] = 'done')],
      ['a row that the decision table does not have', (instance) => (instance['rule'] = 12)],
      ['a time without a zone', (_, document) => (document['startedAt'] = '2026-11-24T13:43:10.234')],
      ['an exit code that is none', (_, document) => (document['exitCode'] = 3)],
      ['an exit reason that is none', (_, document) => (document['exitReason'] = 'terminated')],
      ['another version', (_, document) => (document['schemaVersion'] = 2)],
      ['a command that reports nothing', (_, document) => (document['command'] = 'sandbox')],
    ];
    for (const [title, spoil] of wrong) {
      it(`with ${title}`, () => {
        const document = structuredClone(migrated) as unknown as Document;
        spoil(refusing(document['instances'] as Document[]), document);
        expect(problemsOf(document)).not.to.deep.equal([]);
      });
    }
  });
});
