import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  accountsSetting,
  closeSettings,
  codesOf,
  keyOf,
  readAccountsRun,
  startAccounts,
} from '../support/accountsRun.js';
import { until } from '../support/until.js';

describe('signals of many accounts', function () {
  this.timeout(60_000);
  afterEach(closeSettings);

  it('let end what is in flight, and the accounts that were not begun are not touched', async () => {
    const scenarios = { a: 'demo', b: 'demo', c: 'demo', d: 'demo' } as const;
    const setting = await accountsSetting(scenarios, ({ method }) => (method === 'POST' ? 300 : 0));
    writeFileSync(join(setting.folder, 'z-broken'), '');
    const { child, ended } = startAccounts(setting, ['migrate', '-o', 'json'], {
      MIGRATION_ACCOUNT_CONCURRENCY: '2',
      MIGRATION_MAX_CONCURRENT: '1',
      HEALTHCHECK_PING_URL: `${setting.server.baseUrl}/ping/{account}`,
    });
    const posts = (): readonly string[] =>
      setting.server.seen.filter(({ path }) => path === '/gpu/instance/migrate').map(({ key }) => key);
    await until(() => posts().length === 2);
    child.kill('SIGTERM');
    const { code, runs } = readAccountsRun(await ended);
    expect(codesOf(runs)).to.deep.equal({ a: 143, b: 143, c: 143, d: 143, 'z-broken': 78 });
    expect(code, 'the worst').to.equal(78);
    for (const name of ['a', 'b']) {
      expect(runs[name]?.summary).to.include({ eligible: 4, migrated: 1, notStarted: 3 });
      expect(setting.server.world(keyOf(name)).applied).to.have.length(1);
    }
    for (const name of ['c', 'd']) {
      expect(runs[name]).to.deep.include({ instances: [], deliveries: [], exitReason: 'interrupted' });
      expect(existsSync(setting.stateOf(name)), name).to.be.false;
    }
    expect(new Set(posts())).to.deep.equal(new Set([keyOf('a'), keyOf('b')]));
    const pinged = setting.server.seen.flatMap(({ path }) => /^\/ping\/([^/]+)/.exec(path)?.[1] ?? []);
    expect(new Set(pinged), 'nobody hears of those').to.deep.equal(new Set(['a', 'b']));
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    it(`end with ${code} when ${signal} is all that was wrong`, async () => {
      const scenarios = { a: 'demo', b: 'demo' } as const;
      const setting = await accountsSetting(scenarios, ({ method }) => (method === 'POST' ? 200 : 0));
      const { child, ended } = startAccounts(setting, undefined, { MIGRATION_ACCOUNT_CONCURRENCY: '1' });
      await until(() => setting.server.seen.some(({ method }) => method === 'POST'));
      child.kill(signal);
      expect(await ended).to.include({ code, signal: null });
      expect(existsSync(setting.stateOf('b'))).to.be.false;
    });
  }
});
