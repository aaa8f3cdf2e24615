import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { StatusReport } from '../../src/core/statusReport.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { problemsOf } from '../schemas/reportSchema.js';
import { canaryKey, newFolder, quickEnvironment, removeFolders } from '../support/migrateRun.js';
import { intendedIds, journalLines } from '../support/journalLines.js';
import { closeRuns, openRun } from '../support/openRun.js';
import { journalText, type PastRun } from '../support/pastRuns.js';
import { type Ended, runProgram } from '../support/runProgram.js';
import { until } from '../support/until.js';

const minute = 60_000;

function ago(minutes: number, exitCode: number | null, more: Partial<PastRun> = {}): PastRun {
  return { id: `run-${minutes}-minutes-ago`, startedAtMs: Date.now() - minutes * minute, exitCode, ...more };
}

/** A process of this host that cannot be. */
const dead = { pid: 99_999_999, host: hostname() };

describe('status', () => {
  let stateDir: string;
  beforeEach(() => {
    stateDir = newFolder();
  });
  afterEach(async () => {
    await closeRuns();
    removeFolders();
  });

  function look(
    args: readonly string[] = [],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    return runProgram(['status', ...args], {
      environment: { NOVITA_SPOT_STATE_DIR: stateDir, ...environment },
    });
  }

  async function lookAsJson(...given: Parameters<typeof look>): Promise<StatusReport> {
    const [args = [], environment] = given;
    const { code, stdout } = await look([...args, '-o', 'json'], environment);
    const report = JSON.parse(stdout) as StatusReport;
    expect(problemsOf(report)).to.deep.equal([]);
    expect(report.exitCode).to.equal(code);
    return report;
  }

  const write = (runs: readonly PastRun[], name = 'journal.jsonl'): void =>
    writeFileSync(join(stateDir, name), journalText(runs));

  /** The runs are made as each test begins: their age is what it is about. */
  const table: readonly (readonly [string, () => readonly PastRun[], number, RegExp])[] = [
    ['a success', () => [ago(4, 0)], 0, /^novita-spot OK: the last run succeeded, last success 3 min ago/],
    [
      'a failure after a success',
      () => [ago(20, 0), ago(4, 20)],
      1,
      /^novita-spot WARNING: .*exit code 20 \(partial\)/,
    ],
    [
      'a killed run after a success',
      () => [ago(20, 0), ago(4, null, dead)],
      1,
      /^novita-spot WARNING: the last run was killed/,
    ],
    [
      'an old success',
      () => [ago(60, 0)],
      2,
      /^novita-spot CRITICAL: the last run succeeded, last success 59 min ago/,
    ],
    ['failures alone', () => [ago(20, 69), ago(4, 69)], 2, /^novita-spot CRITICAL: .*none has succeeded/],
    ['no run', () => [], 3, /^novita-spot UNKNOWN: the journal holds no run/],
  ];
  for (const [title, runsBefore, code, firstLine] of table) {
    it(`exits with ${code} for ${title}`, async () => {
      const runs = runsBefore();
      write(runs);
      const ended = await look();
      expect(ended.code).to.equal(code);
      expect(ended.stdout).to.match(firstLine);
      expect(ended.stdout).to.match(runs.length === 0 ? /^[^\n]+\n$/ : /\nSTARTED +RESULT +TOOK/);
      expect(ended.stderr).to.equal('');
      expect((await lookAsJson()).accounts[0]?.runs).to.have.length(runs.length);
    });
  }

  it('needs no folder, and makes none', async () => {
    const missing = join(stateDir, 'missing');
    const { code, stdout } = await look([], { NOVITA_SPOT_STATE_DIR: missing });
    expect(code).to.equal(3);
    expect(stdout).to.include('there is no journal');
    expect(existsSync(missing)).to.equal(false);
  });

  it('changes nothing in the folder', async () => {
    write([ago(4, null)]);
    const before = readFileSync(join(stateDir, 'journal.jsonl'), 'utf8');
    chmodSync(stateDir, 0o755);
    await look();
    expect(readdirSync(stateDir)).to.deep.equal(['journal.jsonl']);
    expect(readFileSync(join(stateDir, 'journal.jsonl'), 'utf8')).to.equal(before);
  });

  it('says what is wrong with a journal that cannot be read', async () => {
    mkdirSync(join(stateDir, 'journal.jsonl'));
    const report = await lookAsJson();
    expect(report).to.include({ state: 'unknown', exitCode: 3 });
    expect(report.message).to.match(/journal\.jsonl is not a plain file/);
  });

  it('counts torn lines, and shows the rest', async () => {
    writeFileSync(join(stateDir, 'journal.jsonl'), `{"type":"run_st\n${journalText([ago(4, 0)])}`);
    expect((await lookAsJson()).accounts[0]).to.include({ state: 'healthy', unreadableLines: 1 });
    expect((await look()).stdout).to.include('1 line of the journal cannot be read.');
  });

  it('shows as many runs as are wanted, also from the journal that was moved aside', async () => {
    write([ago(50, 0), ago(35, 0)], 'journal.jsonl.1');
    write([ago(20, 0), ago(5, 0)]);
    const counted = async (limit: string) => (await lookAsJson(['--limit', limit])).accounts[0]?.runs.length;
    expect([await counted('0'), await counted('1'), await counted('3'), await counted('9')]).to.deep.equal([
      0, 1, 3, 4,
    ]);
  });

  it('is silent with --quiet when all is well, and says one line when it is not', async () => {
    write([ago(4, 0)]);
    expect(await look(['-q'])).to.include({ code: 0, stdout: '', stderr: '' });
    write([ago(4, 20)]);
    expect((await look(['-q'])).stdout).to.match(/^novita-spot CRITICAL: [^\n]+\n$/);
  });

  it('speaks Markdown, in which nothing becomes markup', async () => {
    write([ago(4, 1, { exitReason: '[x](http://x)|<b>' })]);
    const { stdout } = await look(['-o', 'markdown']);
    expect(stdout).to.match(/^## novita-spot: critical, `/);
    expect(stdout).to.match(/\n\| Account \| State \| What \| Last success \|\n/);
    expect(stdout).to.include('[x](http://x)`&#124;`<b>');
  });

  it('obeys the interval and the time limit of runs', async () => {
    write([ago(60, 0)]);
    const environment = { MIGRATION_INTERVAL_MINUTES: '30', MIGRATION_JOB_TIMEOUT_MS: '60000' };
    expect((await lookAsJson([], environment)).accounts[0]).to.include({
      state: 'healthy',
      successLimitMs: 61 * minute,
    });
  });

  it('cares for no key and for nobody who is told of runs', async () => {
    write([ago(4, 0)]);
    const environment = {
      NOVITA_API_KEY_FILE: '/dev/null/key',
      NOVITA_API_BASE_URL: 'http://example.com',
      HEALTHCHECK_PING_URL_FILE: '/dev/null/url',
      NOTIFY_WEBHOOK_URL: 'nonsense',
    };
    expect(await look(['-q'], environment)).to.include({ code: 0, stderr: '' });
  });

  const wrong: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, number])[] = [
    ['a bad configuration', [], { MIGRATION_INTERVAL_MINUTES: 'often' }, 78],
    ['a folder of accounts that is missing', ['--accounts-dir', '/dev/null/none'], {}, 78],
  ];
  for (const [title, args, environment, code] of wrong) {
    it(`exits with ${code} for ${title}, with one document`, async () => {
      const report = await lookAsJson(args, environment);
      expect(report).to.deep.include({ state: 'unknown', exitCode: code, accounts: [] });
      expect(report.error?.code).to.equal('config_invalid');
      const line =
        /^novita-spot UNKNOWN: The configuration is not valid: (?:MIGRATION_INTERVAL_MINUTES|NOVITA_ACCOUNTS_DIR) [^\n]+\n$/;
      expect((await look(args, environment)).stdout).to.match(line);
    });
  }

  for (const args of [['--sandbox'], ['--limit', 'all'], ['--limit', '1001'], ['i-1']]) {
    it(`refuses ${args.join(' ')}`, async () => expect((await look(args)).code).to.equal(64));
  }

  it('reads what real runs leave', async () => {
    const sandbox = await startSandbox({ scenario: 'demo', apiKey: canaryKey, now: () => Date.now() });
    try {
      const environment = quickEnvironment(sandbox.baseUrl, stateDir);
      const migrated = await runProgram(['migrate', '-o', 'json'], { environment });
      await runProgram(['migrate'], { environment: { ...environment, NOVITA_API_KEY: 'another-key' } });
      const report = await lookAsJson();
      expect(report.state).to.equal('warning');
      const [second, first] = report.accounts[0]?.runs ?? [];
      expect(second).to.include({ state: 'ended', exitCode: 77, exitReason: 'auth', host: hostname() });
      expect(first?.summary).to.deep.equal((JSON.parse(migrated.stdout) as { summary: unknown }).summary);
    } finally {
      await sandbox.close();
    }
  });

  it('shows a run that is going on, and does not get in its way', async () => {
    const run = await openRun({ instances: 1, answerMs: null, stateDir });
    await until(() => intendedIds(journalLines(stateDir)).length > 0);
    const going = await lookAsJson();
    expect(going).to.include({ state: 'unknown', exitCode: 3 });
    expect(going.accounts[0]?.runs.map(({ state }) => state)).to.deep.equal(['running']);
    expect((await look()).stdout).to.match(/now +going on/);
    run.child.kill('SIGKILL');
    await run.ended;
    expect((await lookAsJson()).accounts[0]?.runs.map(({ state }) => state)).to.deep.equal(['killed']);
  });

  describe('of several accounts', () => {
    let keys: string;
    beforeEach(() => {
      keys = newFolder();
      for (const name of ['team-a', 'team-b', 'team-c']) writeFileSync(join(keys, name), 'the same key');
    });

    function writeFor(account: string, runs: readonly PastRun[]): void {
      const folder = join(stateDir, 'accounts', account);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'journal.jsonl'), journalText(runs));
    }

    it('has a block for each, and the worst wins', async () => {
      writeFor('team-a', [ago(4, 0)]);
      writeFor('team-b', [ago(90, 0)]);
      const { code, stdout } = await look(['--accounts-dir', keys]);
      expect(code).to.equal(2);
      expect(stdout).to.match(/^novita-spot CRITICAL: of 3 accounts critical: team-b; unknown: team-c\n/);
      expect(stdout).to.match(
        /\n\nteam-a: OK: [^\n]+\nSTARTED[^]+\n\nteam-b: CRITICAL: [^]+\n\nteam-c: UNKNOWN: /,
      );
    });

    it('can be asked of one', async () => {
      writeFor('team-a', [ago(4, 0)]);
      const report = await lookAsJson(['--accounts-dir', keys, '--account', 'team-a']);
      expect(report.accounts.map(({ account, state }) => [account, state])).to.deep.equal([
        ['team-a', 'healthy'],
      ]);
    });

    it('says that all are well', async () => {
      for (const name of ['team-a', 'team-b', 'team-c']) writeFor(name, [ago(4, 0)]);
      expect((await lookAsJson(['--accounts-dir', keys])).message).to.equal('all 3 accounts are healthy');
    });
  });
});
