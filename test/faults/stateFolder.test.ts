import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createAccount, reclaimedRow } from '../support/account.js';
import { type FaultyProxy, startFaultyProxy } from '../support/faultyProxy.js';
import { startInShell } from '../support/inShell.js';
import {
  expectNoLeak,
  filesOf,
  newFolder,
  oneDocument,
  quickEnvironment,
  removeFolders,
  runMigrate,
} from '../support/migrateRun.js';

const nextStep = 'Make the folder writable for this user alone';

describe('a state folder that is not what it should be', function () {
  this.timeout(30_000);

  let proxy: FaultyProxy;
  let stateDir: string;
  beforeEach(async () => {
    proxy = await startFaultyProxy(createAccount([reclaimedRow('i-1')]));
    stateDir = newFolder();
  });
  afterEach(() => proxy.close());
  after(removeFolders);

  const unusable: readonly {
    readonly title: string;
    readonly prepare: () => string;
    readonly says: string;
  }[] = [
    {
      title: 'a symbolic link',
      prepare: () => {
        symlinkSync(newFolder(), join(stateDir, 'link'));
        return join(stateDir, 'link');
      },
      says: 'is a symbolic link',
    },
    {
      title: 'a file',
      prepare: () => {
        writeFileSync(join(stateDir, 'file'), '');
        return join(stateDir, 'file');
      },
      says: 'is not a folder',
    },
    {
      title: 'a folder with a lock that is a symbolic link',
      prepare: () => {
        symlinkSync(join(newFolder(), 'elsewhere'), join(stateDir, 'lock'));
        return stateDir;
      },
      says: 'is a symbolic link',
    },
    {
      title: 'a folder with a journal that is a symbolic link',
      prepare: () => {
        symlinkSync(join(newFolder(), 'elsewhere'), join(stateDir, 'journal.jsonl'));
        return stateDir;
      },
      says: 'is a symbolic link',
    },
    {
      title: 'a folder with a journal that is a folder',
      prepare: () => {
        mkdirSync(join(stateDir, 'journal.jsonl'));
        return stateDir;
      },
      says: 'is a folder',
    },
    // Not even root may make a folder there. Node's own recursive mkdir tries for ever.
    { title: 'a folder that cannot be made', prepare: () => '/proc/novita-spot', says: '/proc/novita-spot' },
  ];
  for (const { title, prepare, says } of unusable) {
    it(`${title}: exit 73, with the next step, and nothing is asked of the API`, async () => {
      const environment = quickEnvironment(proxy.baseUrl, prepare());
      const ended = await startInShell('exec timeout -s KILL 8 "$@"', ['migrate', '-o', 'json'], environment)
        .ended;
      const { error, exitCode } = oneDocument(ended);
      expect({ code: ended.code, exitCode }).to.deep.equal({ code: 73, exitCode: 73 });
      expect(error?.message).to.contain(says);
      expect(error?.nextStep).to.contain(nextStep);
      expect(ended.stderr).to.contain(nextStep);
      expectNoLeak(ended, stateDir);
      expect(proxy.seen).to.deep.equal([]);
    });
  }

  it('a folder that others may read is closed to them, and so are its files', async () => {
    chmodSync(stateDir, 0o755);
    await runMigrate(proxy.baseUrl, { NOVITA_SPOT_STATE_DIR: stateDir });
    expect(statSync(stateDir).mode & 0o777).to.equal(0o700);
    for (const name of Object.keys(filesOf(stateDir))) {
      expect(statSync(join(stateDir, name)).mode & 0o777, name).to.equal(0o600);
    }
  });

  for (const { title, kilobytes } of [
    { title: 'a journal that cannot grow', kilobytes: 1 },
    { title: 'no room for a single byte', kilobytes: 0 },
  ]) {
    it(`${title}: the run goes on, with a warning`, async () => {
      writeFileSync(join(stateDir, 'journal.jsonl'), '\n'.repeat(1024));
      const line = `ulimit -f ${kilobytes}; "$@" | cat; exit \${PIPESTATUS[0]}`;
      const environment = quickEnvironment(proxy.baseUrl, stateDir);
      const ended = await startInShell(line, ['migrate', '-o', 'json'], environment).ended;
      const report = oneDocument(ended);
      expect({ code: ended.code, posts: proxy.posts() }, ended.stderr).to.deep.equal({ code: 0, posts: 1 });
      expect(report.warnings.join('\n')).to.contain('The journal cannot be written');
      expectNoLeak(ended, stateDir);
    });
  }

  it('a journal full of rubbish: the run goes on, with a warning', async () => {
    writeFileSync(join(stateDir, 'journal.jsonl'), 'rubbish\n{"type":"intent"}\nnull\n[1]\n{"type":"run_st');
    const { report } = await runMigrate(proxy.baseUrl, { NOVITA_SPOT_STATE_DIR: stateDir });
    expect(report.exitCode).to.equal(0);
    expect(report.warnings.join('\n')).to.contain('The journal holds 5 lines that cannot be read');
    expect(filesOf(stateDir)['journal.jsonl']).to.contain('{"type":"run_st\n{');
  });
});
