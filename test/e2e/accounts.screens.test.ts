import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { accountsSetting, closeSettings, runAccounts, startAccounts } from '../support/accountsRun.js';
import { runProgram } from '../support/runProgram.js';

describe('many accounts on the screen', function () {
  this.timeout(60_000);
  afterEach(closeSettings);

  it('have a heading each, and say nothing with -q when all is well', async () => {
    const setting = await accountsSetting({ amber: 'demo', blue: 'empty' });
    const { stdout, code } = await startAccounts(setting, ['migrate']).ended;
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/^Account amber\nID /)
      .and.match(/\n\nAccount blue\nThis account has no instances/);
    const quiet = await startAccounts(setting, ['migrate', '-q']).ended;
    expect(quiet).to.include({ code: 0, stdout: '', stderr: '' });
  });

  it('are named on stderr with -q when they fail', async () => {
    const setting = await accountsSetting({ amber: 'demo' });
    writeFileSync(join(setting.folder, 'refused'), 'sk_of_nobody');
    const { stdout, stderr, code } = await startAccounts(setting, ['migrate', '-q'], {
      MIGRATION_LOG_FORMAT: 'text',
    }).ended;
    expect({ stdout, code }).to.deep.equal({ stdout: '', code: 77 });
    expect(stderr.trimEnd().split('\n')).to.have.length(1);
    expect(stderr).to.include('refused: ');
  });

  it('are logged as the configuration says, those with a broken file as well', async () => {
    const setting = await accountsSetting({ amber: 'empty' });
    writeFileSync(join(setting.folder, 'broken'), '');
    const envFile = join(setting.folder, '.env');
    writeFileSync(envFile, 'MIGRATION_LOG_FORMAT=text\n');
    const { stderr } = await startAccounts(setting, ['migrate', '--env-file', envFile]).ended;
    expect(stderr).to.include('broken: ').and.not.include('{"time"');
  });

  for (const command of ['list', 'check']) {
    it(`are looked at with ${command}, which leaves no trace`, async () => {
      const setting = await accountsSetting({ amber: 'demo', blue: 'demo' });
      const { stdout, code } = await startAccounts(setting, [command]).ended;
      expect(code).to.equal(0);
      expect(stdout).to.match(/^Account amber\n[^]*\n\nAccount blue\n/);
      const { report } = await runAccounts(setting, [command, '-o', 'json']);
      expect(report).to.deep.include({ command, exitCode: 0 });
      expect(report.summary).to.include({ total: 26, eligible: 8, migrated: 0 });
      expect(existsSync(setting.stateDir)).to.be.false;
    });
  }

  it('end with 2 when one would be migrated and that is asked for', async () => {
    const setting = await accountsSetting({ amber: 'empty', blue: 'demo' });
    const { code, log } = await runAccounts(setting, ['check', '--detailed-exitcode', '-o', 'json']);
    expect(code).to.equal(2);
    expect(log.at(-1)).to.include({ message: '2 accounts: 1 ok, 1 changes', failed: 0 });
  });

  it('each have a sandbox of their own with --sandbox', async () => {
    const setting = await accountsSetting({ amber: 'empty', blue: 'empty' });
    const { code, runs } = await runAccounts(setting, ['migrate', '--sandbox', '-o', 'json']);
    expect(code).to.equal(0);
    for (const run of Object.values(runs)) expect(run.summary).to.include({ total: 13, migrated: 4 });
    expect(Object.keys(runs)).to.deep.equal(['amber', 'blue']);
    expect(setting.server.seen).to.deep.equal([]);
    expect(existsSync(setting.stateDir)).to.be.false;
  });
});

describe('one account with a name', () => {
  it('is named in its report, its log and its state stays where it was', async () => {
    const { code, stdout, stderr } = await runProgram([
      'list',
      '--sandbox',
      '-o',
      'json',
      '--account',
      'blue',
    ]);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ account: 'blue' });
    for (const line of stderr.trimEnd().split('\n')) expect(JSON.parse(line)).to.include({ account: 'blue' });
  });
});
