import { expect } from 'chai';
import { main } from '../../src/main.js';
import { type Account, createAccount, reclaimedRow, type Row } from '../support/account.js';
import { type FaultyProxy, startFaultyProxy } from '../support/faultyProxy.js';
import { newFolder, quickEnvironment, removeFolders } from '../support/migrateRun.js';
import { type FakeSystem, fakeSystem, reportOf } from './fakeSystem.js';

const named = (id: string, name: string): Row => ({ ...reclaimedRow(id), name });

describe('main, with names', () => {
  let account: Account;
  let proxy: FaultyProxy;

  beforeEach(async () => {
    account = createAccount([
      named('i-1', 'training'),
      named('i-2', 'render'),
      { ...named('i-3', 'render'), status: 'running', clusterName: 'EU-SE-02' },
      named('i-4', 'training-2'),
      { ...named('i-5', 'server'), status: 'running' },
    ]);
    proxy = await startFaultyProxy(account);
  });
  afterEach(async () => {
    await proxy.close();
    removeFolders();
  });

  async function run(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly system: FakeSystem }> {
    const environment = { ...quickEnvironment(proxy.baseUrl, newFolder()), MIGRATION_LOG_FORMAT: 'text' };
    const system = fakeSystem({ environment });
    return { code: await main(args, system), system };
  }

  it('migrates the instance of that name and no other', async () => {
    const { code, system } = await run('migrate', 'training', '-o', 'json');
    expect(code).to.equal(0);
    expect(account.applied).to.deep.equal(['i-1']);
    expect(reportOf(system).summary).to.include({ total: 1, migrated: 1 });
  });

  it('says no name that is the key, from wherever the key comes', async () => {
    const environment = { ...quickEnvironment(proxy.baseUrl, newFolder()), MIGRATION_LOG_LEVEL: 'debug' };
    for (const key of [
      { NOVITA_API_KEY: 'training-2' },
      { NOVITA_API_KEY: '', NOVITA_API_KEY_FILE: '/run/key' },
    ]) {
      for (const args of [['list'], ['check', '-o', 'json'], ['migrate', '--dry-run', '-o', 'markdown']]) {
        const system = fakeSystem({
          environment: { ...environment, ...key },
          files: { '/run/key': 'training-2\n' },
        });
        expect(await main(args, system), system.logged()).to.equal(0);
        expect(system.printed()).to.include('[redacted]');
        expect(system.printed() + system.logged()).not.to.include('training-2');
      }
    }
  });

  it('takes the id and the name of an instance for one', async () => {
    await run('migrate', 'training', 'i-1');
    expect(account.applied).to.deep.equal(['i-1']);
  });

  for (const force of [[], ['--force']]) {
    it(`migrates none of those that share a name${force.length > 0 ? ', by force neither' : ''}`, async () => {
      const { code, system } = await run('migrate', 'render', ...force, '-o', 'json');
      expect(code).to.equal(21);
      expect(account.applied).to.deep.equal([]);
      const report = reportOf(system);
      expect(report.ambiguous).to.deep.equal([{ target: 'render', candidates: ['i-2', 'i-3'] }]);
      expect(report.summary).to.include({ total: 0, ambiguous: 1, notFound: 0 });
      expect(system.logged()).to.include('i-2 (exited, cluster-i-2), i-3 (running, EU-SE-02)');
    });
  }

  it('migrates the others beside a name that is ambiguous', async () => {
    const { code, system } = await run('migrate', 'render', 'training', '-o', 'json');
    expect(code).to.equal(20);
    expect(account.applied).to.deep.equal(['i-1']);
    expect(reportOf(system).exitReason).to.equal('partial');
  });

  it('suggests the nearest name for one that is not there, and does not take it', async () => {
    const { code, system } = await run('migrate', 'trainnig', 'zzz');
    expect(code).to.equal(21);
    expect(account.applied).to.deep.equal([]);
    expect(system.logged()).to.include('trainnig (did you mean training?), zzz');
    expect(system.printed()).to.include('trainnig, zzz').and.not.include('nothing to migrate');
  });

  it('says on the screen which ids an ambiguous name may mean', async () => {
    const { system } = await run('check', 'render');
    expect(system.printed()).to.include('i-2, i-3').and.include('1 ambiguous name');
  });

  it('says the same in Markdown', async () => {
    const { system } = await run('check', 'render', 'nope', '-o', 'markdown');
    expect(system.printed()).to.include('`i-2`, `i-3`').and.include('`nope`');
  });

  it('explains an instance that runs when it is named', async () => {
    const { code, system } = await run('check', 'server');
    expect(code).to.equal(0);
    expect(system.printed()).to.include('server (i-5)  skipped: not_exited');
  });
});
