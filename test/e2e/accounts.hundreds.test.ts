import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { accountsSetting, closeSettings, runAccounts, startAccounts } from '../support/accountsRun.js';

describe('hundreds of accounts', function () {
  this.timeout(60_000);
  afterEach(closeSettings);

  it('may be hundreds, with few open files, and the process ends as the last one does', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `account-${String(index).padStart(3, '0')}`);
    const setting = await accountsSetting(Object.fromEntries(names.map((name) => [name, 'empty'])));
    const { code, report, log } = await runAccounts(setting, ['migrate', '-o', 'json'], {
      MIGRATION_LOG_LEVEL: 'info',
    });
    expect(code).to.equal(0);
    expect(report.accounts.map(({ account }) => account)).to.deep.equal(names);
    expect(setting.server.mostAtOnce()).to.be.at.most(4);
    expect(new Set(setting.server.seen.map(({ key }) => key)).size).to.equal(200);
    expect(log.at(-1)).to.include({ event: 'accounts_summary', accounts: 200, failed: 0 });
    const endedAt = Date.parse(String(log.at(-1)?.['time']));
    expect(Date.now() - endedAt, 'lingering after the last line').to.be.lessThan(3_000);
  });

  it('need no more open files for many than for few', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `a${index}`);
    const setting = await accountsSetting(Object.fromEntries(names.map((name) => [name, 'demo'])));
    const preload = join(setting.folder, '.files.mjs');
    writeFileSync(preload, openFilesAtExit);
    const opened = async (count: number): Promise<number> => {
      const { stderr, code } = await startAccounts(setting, ['migrate', '-q'], {
        NODE_OPTIONS: `--import=${preload}`,
        ...(count === 1 ? { NOVITA_ACCOUNT: 'a0' } : {}),
      }).ended;
      expect(code).to.equal(0);
      return Number(/open files: (\d+)/.exec(stderr)?.[1]);
    };
    const [few, many] = [await opened(1), await opened(30)];
    expect(many - few, `${few} and ${many}`).to.be.within(-4, 4);
  });
});

const openFilesAtExit = `
  import { readdirSync, writeSync } from 'node:fs';
  process.on('exit', () => writeSync(2, 'open files: ' + readdirSync('/proc/self/fd').length));`;
