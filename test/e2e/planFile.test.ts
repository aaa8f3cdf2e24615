import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { problemsOf } from '../schemas/reportSchema.js';
import { canaryKey, newFolder, oneDocument, quickEnvironment, removeFolders } from '../support/migrateRun.js';
import { type Ended, runProgram, startProgram } from '../support/runProgram.js';

type Environment = Readonly<Record<string, string>>;

describe('a plan file', () => {
  let sandbox: Sandbox;
  let folder: string;
  let plan: string;
  const started = Date.now();

  beforeEach(async () => {
    sandbox = await startSandbox({ scenario: 'demo', apiKey: canaryKey, now: () => started });
    folder = newFolder();
    plan = join(folder, 'plan.json');
  });
  afterEach(async () => {
    await sandbox.close();
    removeFolders();
  });

  const environment = (): Environment => quickEnvironment(sandbox.baseUrl, join(folder, 'state'));

  async function run(args: readonly string[], more: Environment = {}): Promise<Ended & { report: Report }> {
    const ended = await runProgram(['migrate', '-o', 'json', ...args], {
      environment: { ...environment(), ...more },
    });
    const report = oneDocument(ended);
    expect(problemsOf(report)).to.deep.equal([]);
    expect(report.exitCode).to.equal(ended.code);
    return { ...ended, report };
  }

  async function writePlan(args: readonly string[] = [], more: Environment = {}): Promise<Report> {
    const { stdout, report } = await run(['--dry-run', ...args], more);
    writeFileSync(plan, stdout);
    return report;
  }

  const idsWith = ({ instances }: Report, outcome: string): readonly string[] =>
    instances.filter((each) => each.outcome === outcome).map(({ id }) => id);

  it('is done as it was planned', async () => {
    const planned = await writePlan();
    const { report, code } = await run(['--plan', plan]);
    expect(code).to.equal(0);
    expect(planned.summary.wouldMigrate).to.equal(4);
    expect(idsWith(report, 'migrated')).to.deep.equal(idsWith(planned, 'would_migrate'));
    expect(report.instances).to.have.length(4);
  });

  it('can be looked at once more', async () => {
    await writePlan();
    const { report } = await run(['--plan', plan, '--dry-run']);
    expect(report.summary).to.include({ total: 4, wouldMigrate: 4, migrated: 0 });
  });

  it('is done once: what was migrated since has changed', async () => {
    await writePlan();
    await run(['--plan', plan]);
    const { report, code, stderr } = await run(['--plan', plan]);
    expect(code).to.equal(21);
    expect(report.instances.map(({ reason, outcome }) => [reason, outcome])).to.deep.equal(
      Array.from({ length: 4 }, () => ['plan_outdated', null]),
    );
    expect(stderr).to.match(/status was exited, is (migrating|running)/);
  });

  it('is done in part when a part of it has changed', async () => {
    await writePlan();
    await run(['d06052c629ce00fc']);
    const { report, code } = await run(['--plan', plan]);
    expect(code).to.equal(20);
    expect(report.summary).to.include({ total: 4, migrated: 3 });
  });

  it('leaves out what is eligible and not in it, and says so', async () => {
    await writePlan(['--max-per-run', '1']);
    const { report, code } = await run(['--plan', plan]);
    expect(code).to.equal(0);
    expect(report.summary).to.include({ total: 1, migrated: 1 });
    expect(report.warnings.join()).to.include('3 eligible instances are not in the plan and left alone.');
  });

  it('names what is no longer in the list', async () => {
    const text = JSON.stringify(await writePlan()).replaceAll('d06052c629ce00fc', '0000000000000000');
    writeFileSync(plan, text);
    const { report, code } = await run(['--plan', plan]);
    expect(code).to.equal(20);
    expect(report.notFound).to.deep.equal(['0000000000000000']);
    expect(report.summary.migrated).to.equal(3);
  });

  it('made with --force needs it again', async () => {
    await writePlan(['358b05c80a469d3f', '--force']);
    expect((await run(['--plan', plan])).report.error?.message).to.match(/made with --force/);
    const { report } = await run(['--plan', plan, '--force']);
    expect(idsWith(report, 'migrated')).to.deep.equal(['358b05c80a469d3f']);
  });

  it('is read from standard input, however late it comes', async () => {
    await writePlan();
    const { child, ended } = startProgram(['migrate', '--plan', '-', '-o', 'json'], {
      environment: environment(),
      input: 'pipe',
    });
    setTimeout(() => child.stdin?.end(readFileSync(plan)), 300);
    expect((JSON.parse((await ended).stdout) as Report).summary.migrated).to.equal(4);
  });

  it('is not waited for beyond the deadline', async () => {
    const { ended } = startProgram(['migrate', '--plan', '-', '-o', 'json'], {
      environment: { ...environment(), MIGRATION_JOB_TIMEOUT_MS: '1000' },
      input: 'pipe',
    });
    expect(oneDocument(await ended)).to.include({ exitCode: 124, exitReason: 'deadline' });
  });

  it('tells no scheduler that all is well', async () => {
    await writePlan();
    const { report } = await run(['--plan', plan], { HEALTHCHECK_PING_URL: 'http://127.0.0.1:9/ping' });
    expect(report.deliveries).to.deep.equal([]);
  });

  it('of another account is refused', async () => {
    await writePlan(['--account', 'team-a']);
    const { report, code } = await run(['--plan', plan, '--account', 'team-b']);
    expect(code).to.equal(64);
    expect(report.error?.message).to.include('is for account "team-a", and this run is for account "team-b"');
  });

  it('is of one account, and not of all in a folder', async () => {
    await writePlan();
    const keys = newFolder();
    for (const name of ['team-a', 'team-b']) writeFileSync(join(keys, name), `key-of-${name}`);
    const state = join(folder, 'state');
    const { code, stderr } = await runProgram(['migrate', '--plan', plan, '--accounts-dir', keys], {
      environment: { NOVITA_API_BASE_URL: sandbox.baseUrl, NOVITA_SPOT_STATE_DIR: state },
    });
    expect(code).to.equal(64);
    expect(stderr).to.include('a plan is that of one account. Name the account with --account');
  });

  const refused: readonly (readonly [string, string | null, RegExp])[] = [
    ['that is not there', null, /the plan does not exist/],
    ['that is no document', 'migrate everything', /the plan is not JSON/],
    ['of something else', '{}', /the plan is not a report of novita-spot/],
  ];
  for (const [title, text, problem] of refused) {
    it(`${title} is refused, and nothing is asked of the API`, async () => {
      if (text !== null) writeFileSync(plan, text);
      const { report, code } = await run(['--plan', plan]);
      expect(code).to.equal(64);
      expect(report.error?.message).to.match(problem);
      expect(report.requests).to.deep.equal({ get: 0, post: 0, retries: 0 });
    });
  }

  it('does not go with ids', async () => {
    const { code, stderr } = await runProgram(['migrate', 'i-1', '--plan', plan]);
    expect(code).to.equal(64);
    expect(stderr).to.include('give no ids');
  });
});
