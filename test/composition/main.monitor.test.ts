import { expect } from 'chai';
import { main } from '../../src/main.js';
import { createAccount, reclaimedRow, type Row } from '../support/account.js';
import { startFaultyProxy } from '../support/faultyProxy.js';
import { newFolder, quickEnvironment, removeFolders } from '../support/migrateRun.js';
import { type FakeSystem, fakeSystem } from './fakeSystem.js';

type Environment = Readonly<Record<string, string>>;

async function monitor(args: readonly string[], environment: Environment = {}, files: Environment = {}) {
  const system: FakeSystem = fakeSystem({ environment, files });
  const code = await main(['check', '--monitor', ...args], system);
  return { code, line: system.printed(), logged: system.logged() };
}

async function monitorOf(rows: readonly Row[], ...args: readonly string[]) {
  const proxy = await startFaultyProxy(createAccount(rows));
  try {
    return await monitor(args, quickEnvironment(proxy.baseUrl, newFolder()));
  } finally {
    await proxy.close();
    removeFolders();
  }
}

const running: Row = {
  ...reclaimedRow('i-1'),
  status: 'running',
  spotReclaimTime: '0',
  spotStatus: 'running',
};
const longAgo = String(Math.floor(Date.now() / 1000) - 86_400);

describe('main, check --monitor', () => {
  it('is OK where nothing is down', async () => {
    const { code, line, logged } = await monitorOf([running]);
    expect(line).to.match(
      /^NOVITA_SPOT OK - 1 instances, 0 exited, none waits for a migration \| instances=1;/,
    );
    expect(code).to.equal(0);
    expect(logged).to.equal('');
  });

  it('warns of an instance that the next run will migrate', async () => {
    const { code, line } = await monitorOf([running, reclaimedRow('i-2')]);
    expect(line).to.match(
      /^NOVITA_SPOT WARNING - 1 to be migrated \(name-of-i-2; for 10m\) \| .*eligible=1;0;;0/,
    );
    expect(code).to.equal(1);
  });

  it('warns of a reclaim notice, of an instance that runs', async () => {
    const soon = String(Math.floor(Date.now() / 1000) + 630);
    const { code, line } = await monitorOf([{ ...running, spotStatus: 'notified', spotReclaimTime: soon }]);
    expect(line).to.include('WARNING - 1 about to be reclaimed (name-of-i-1; in 10m)');
    expect(code).to.equal(1);
  });

  it('is critical when an instance has been down for longer than two intervals and the time of a run', async () => {
    const { code, line } = await monitorOf([{ ...reclaimedRow('i-2'), spotReclaimTime: longAgo }]);
    expect(line).to.include('CRITICAL - 1 down too long (name-of-i-2; for 1d)');
    expect(code).to.equal(2);
  });

  it('goes by the interval of the configuration', async () => {
    const proxy = await startFaultyProxy(createAccount([reclaimedRow('i-2')]));
    const quick = quickEnvironment(proxy.baseUrl, newFolder());
    const often = { MIGRATION_INTERVAL_MINUTES: '1', MIGRATION_JOB_TIMEOUT_MS: '60000' };
    expect((await monitor([], { ...quick, ...often })).code).to.equal(2);
    await proxy.close();
    removeFolders();
  });

  it('judges only the instances that are named', async () => {
    const rows = [running, { ...reclaimedRow('i-2'), spotReclaimTime: longAgo }];
    expect((await monitorOf(rows, 'name-of-i-1')).code).to.equal(0);
    expect((await monitorOf(rows, 'i-2')).code).to.equal(2);
    expect(await monitorOf(rows, 'i-9')).to.deep.include({ code: 3 });
  });

  const dead = {
    NOVITA_API_KEY: 'some-key',
    NOVITA_API_BASE_URL: 'http://127.0.0.1:1',
    MIGRATION_RETRY_BASE_MS: '1',
  };
  const unknown: readonly (readonly [string, Environment, RegExp])[] = [
    ['there is no key', {}, /^NOVITA_SPOT UNKNOWN - .*NOVITA_API_KEY.*\(config_invalid\)\n$/],
    ['the API cannot be reached', dead, /^NOVITA_SPOT UNKNOWN - .*\(network_unreachable\)\n$/],
  ];
  for (const [title, environment, line] of unknown) {
    it(`knows nothing when ${title}`, async () => {
      const ended = await monitor([], environment);
      expect(ended.line).to.match(line);
      expect(ended.code).to.equal(3);
    });
  }

  it('prints nothing with --quiet when all is well, and the line when it is not', async () => {
    expect(await monitorOf([running], '-q')).to.include({ code: 0, line: '' });
    expect((await monitorOf([reclaimedRow('i-1')], '-q')).line).to.include('WARNING');
  });

  it('sums up the accounts of a folder in one line', async () => {
    const files = { '/keys/team-a': 'key-one', '/keys/team-b': 'key-two' };
    const { code, line } = await monitor(['--sandbox', '--accounts-dir', '/keys'], {}, files);
    expect(line).to.match(
      /^NOVITA_SPOT CRITICAL - 2 accounts, 0 OK; team-a CRITICAL: [^\n]+; team-b [^\n]+\n$/,
    );
    expect(line).to.include('instances=26;');
    expect(code).to.equal(2);
  });

  for (const args of [['--detailed-exitcode'], ['-o', 'json'], ['-o', 'markdown']]) {
    it(`does not go with ${args.join(' ')}`, async () => {
      const { code, logged } = await monitor(['--sandbox', ...args]);
      expect(code).to.equal(64);
      expect(logged).to.include('--monitor').and.include(args[0]);
    });
  }
});
