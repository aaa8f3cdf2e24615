import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  accountsSetting,
  closeSettings,
  codesOf,
  keyOf,
  runAccounts,
  startAccounts,
} from '../support/accountsRun.js';
import { journalLines } from '../support/journalLines.js';
import { until } from '../support/until.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('many accounts', function () {
  this.timeout(60_000);
  afterEach(closeSettings);

  it('are each migrated with a lock and a journal of their own', async () => {
    const setting = await accountsSetting({ amber: 'demo', blue: 'demo', cyan: 'demo' });
    const { code, report, runs, log } = await runAccounts(setting);
    expect(code).to.equal(0);
    expect(report.accounts.map(({ account }) => account)).to.deep.equal(['amber', 'blue', 'cyan']);
    expect(report.summary).to.include({ total: 39, exited: 24, eligible: 12, migrated: 12, skipped: 12 });
    expect(new Set(report.accounts.map(({ runId }) => runId)).size).to.equal(3);

    for (const folder of [setting.stateDir, join(setting.stateDir, 'accounts')]) {
      expect(modeOf(folder).toString(8), folder).to.equal('700');
      expect(existsSync(join(folder, 'lock')), folder).to.be.false;
    }
    for (const [name, run] of Object.entries(runs)) {
      const { applied } = setting.server.world(keyOf(name));
      expect(applied).to.have.length(4);
      const migrated = run.instances.filter(({ outcome }) => outcome === 'migrated').map(({ id }) => id);
      expect(applied.map(({ instanceId }) => instanceId)).to.have.members(migrated);
      expect(modeOf(setting.stateOf(name)).toString(8)).to.equal('700');
      for (const file of ['lock', 'journal.jsonl'])
        expect(modeOf(join(setting.stateOf(name), file)).toString(8)).to.equal('600');
      const { entries } = journalLines(setting.stateOf(name));
      expect(entries.filter(({ type }) => type === 'intent')).to.have.length(4);
      expect(new Set(entries.map(({ runId }) => runId))).to.deep.equal(new Set([run.runId]));
    }
    const last = log.at(-1);
    expect(last).to.include({
      event: 'accounts_summary',
      message: '3 accounts: 3 ok',
      exitCode: 0,
      failed: 0,
    });
    const runIds = Object.fromEntries(report.accounts.map(({ runId, account }) => [runId, account]));
    for (const line of log.slice(0, -1))
      expect(line['account'], JSON.stringify(line)).to.equal(runIds[String(line['runId'])]);
  });

  it('do not hide or stop each other', async () => {
    const setting = await accountsSetting({ amber: 'demo', blue: 'demo', locked: 'demo', zinc: 'demo' });
    writeFileSync(join(setting.folder, 'broken'), 'two\nlines\n');
    writeFileSync(join(setting.folder, 'refused'), 'sk_of_nobody\n');
    writeFileSync(join(setting.folder, 'shared'), keyOf('amber'));
    writeFileSync(join(setting.folder, 'not a name'), 'whatever');
    const one = { NOVITA_ACCOUNT: 'locked', MIGRATION_REQUEST_TIMEOUT_MS: '60000' };
    const slow = await accountsSetting({ locked: 'demo' }, ({ method }) => (method === 'POST' ? 60_000 : 0));
    const other = startAccounts({ ...slow, stateDir: setting.stateDir }, ['migrate'], {
      ...one,
      NOVITA_SPOT_STATE_DIR: setting.stateDir,
    });
    await until(() => slow.server.seen.some(({ method }) => method === 'POST'));

    const { code, runs, log, report } = await runAccounts(setting);
    expect(codesOf(runs)).to.deep.equal({
      amber: 0,
      blue: 0,
      broken: 78,
      locked: 75,
      'not?a?name': 78,
      refused: 77,
      shared: 78,
      zinc: 0,
    });
    expect(code).to.equal(78);
    expect(report.summary).to.include({ eligible: 12, migrated: 12 });
    expect(runs['locked']?.error?.message).to.include(`pid ${other.child.pid ?? ''}`);
    expect(runs['shared']?.error?.message).to.include('same key as account amber');
    expect(setting.server.world(keyOf('locked')).applied).to.deep.equal([]);
    const failures = log.filter(({ event }) => event === 'run_failed').map(({ account }) => account);
    expect(failures).to.have.members(['broken', 'locked', 'not?a?name', 'refused', 'shared']);
    expect(log.at(-1)?.['message']).to.equal('8 accounts: 3 ok, 3 config, 1 locked, 1 auth');

    for (const name of ['broken', 'shared', 'not a name']) rmSync(join(setting.folder, name));
    expect((await runAccounts(setting)).code, 'without the broken files').to.equal(77);
    rmSync(join(setting.folder, 'refused'));
    expect((await runAccounts(setting)).code, 'one locked, the others fine').to.equal(75);
    other.child.kill('SIGKILL');
    await other.ended;
    expect((await runAccounts(setting)).code, 'its holder is dead').to.equal(0);
  });

  it('that meet a bug leave the others alone', async () => {
    const setting = await accountsSetting({ amber: 'demo', blue: 'demo', cyan: 'demo' });
    const preload = join(setting.folder, '.bug.mjs');
    writeFileSync(preload, bugInBlue(setting.stateOf('blue')));
    const { code, runs, report, stderr } = await runAccounts(setting, ['migrate', '-o', 'json'], {
      NODE_OPTIONS: `--import=${preload}`,
      MIGRATION_ACCOUNT_CONCURRENCY: '1',
      MIGRATION_LOG_LEVEL: 'error',
    });
    expect(codesOf(runs)).to.deep.equal({ amber: 0, blue: 1, cyan: 0 });
    expect(code).to.equal(1);
    expect(report.accounts.map(({ account }) => account)).to.deep.equal(['amber', 'blue', 'cyan']);
    expect(runs['blue']?.error?.message).to.include('no such handle [redacted]');
    expect(stderr).to.include('no such handle [redacted]');
    expect(setting.server.world(keyOf('cyan')).applied).to.have.length(4);
  });

  it('have their own limits, and no more of them run at once than is said', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const setting = await accountsSetting(Object.fromEntries(names.map((name) => [name, 'demo'])), () => 10);
    const { code, report, runs } = await runAccounts(setting, ['migrate', '-o', 'json'], {
      MIGRATION_MAX_PER_RUN: '1',
      MIGRATION_ACCOUNT_CONCURRENCY: '2',
    });
    expect(code).to.equal(20);
    expect(report.summary).to.include({ eligible: 24, migrated: 6, deferred: 18 });
    for (const run of Object.values(runs)) expect(run.summary).to.include({ migrated: 1, deferred: 3 });
    expect(setting.server.mostAtOnce()).to.equal(2);
  });

  it('are never migrated twice by two processes at once', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const setting = await accountsSetting(Object.fromEntries(names.map((name) => [name, 'demo'])), () => 15);
    const both = await Promise.all([runAccounts(setting), runAccounts(setting)]);
    for (const { code } of both) expect(code).to.be.oneOf([0, 75]);
    for (const name of names) {
      const { applied } = setting.server.world(keyOf(name));
      expect(applied.map(({ instanceId }) => instanceId)).to.have.length(4);
      expect(new Set(applied.map(({ instanceId }) => instanceId)).size, name).to.equal(4);
      const ends = both.map(({ runs }) => runs[name]);
      expect(ends.reduce((sum, run) => sum + (run?.summary.migrated ?? 0), 0)).to.equal(4);
    }
  });
});

/** Closing the journal of one account throws what no run expects, and repeats the key. */
function bugInBlue(stateDir: string): string {
  return `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    const { openSync, closeSync } = fs;
    let journal = null;
    fs.openSync = (path, flags, ...others) => {
      const descriptor = openSync(path, flags, ...others);
      if (path === '${stateDir}/journal.jsonl' && (flags & fs.constants.O_APPEND) !== 0) journal = descriptor;
      return descriptor;
    };
    fs.closeSync = (descriptor) => {
      closeSync(descriptor);
      if (descriptor !== journal) return;
      journal = null;
      throw new TypeError('no such handle ${keyOf('blue')}');
    };
    syncBuiltinESMExports();`;
}
