import { existsSync } from 'node:fs';
import { expect } from 'chai';
import {
  accountsSetting,
  type AccountsRun,
  type AccountsSetting,
  closeSettings,
  keyOf,
  runAccounts,
} from '../support/accountsRun.js';
import { startInParallel } from '../support/inParallel.js';

type Environment = Readonly<Record<string, string>>;
type Pick = readonly [title: string, args: readonly string[], environment: Environment, expected: string];
type Mistake = readonly [title: string, args: readonly string[], environment: Environment, message: RegExp];

const names = ['amber', 'blue', 'cyan'];
const jobOf = (index: string): Environment => ({ JOB_COMPLETION_INDEX: index });

const picks: readonly Pick[] = [
  ['--account', ['--account', 'blue'], {}, 'blue'],
  ['--account over the index of a job', ['--account', 'cyan'], jobOf('0'), 'cyan'],
  ['NOVITA_ACCOUNT_INDEX', [], { NOVITA_ACCOUNT_INDEX: '2', ...jobOf('0') }, 'cyan'],
  ['JOB_COMPLETION_INDEX', [], jobOf('0'), 'amber'],
  ['one of two indexes', [], { ...jobOf('0'), NOVITA_ACCOUNT_INDEXES: '2' }, 'amber,cyan'],
  ['an index with nothing to do', [], { ...jobOf('3'), NOVITA_ACCOUNT_INDEXES: '4' }, ''],
];
const mistakes: readonly Mistake[] = [
  ['an unknown name', ['--account', 'x'], {}, /NOVITA_ACCOUNT names no file/],
  ['an index beyond the last account', [], jobOf('3'), /is 3, but the folder holds 3 accounts/],
  ['a missing folder', ['--accounts-dir', '/absent'], {}, /NOVITA_ACCOUNTS_DIR the folder does not exist/],
];

interface PickedRun extends AccountsRun {
  readonly setting: AccountsSetting;
}

/** An extra name that is misspelt: the configuration has something to warn of. */
async function run(args: readonly string[], environment: Environment): Promise<PickedRun> {
  const setting = await accountsSetting({ amber: 'demo', blue: 'demo', cyan: 'demo' });
  const misspelt = { NOVITA_ACOUNT: 'amber', ...environment };
  return { setting, ...(await runAccounts(setting, ['migrate', '-o', 'json', ...args], misspelt)) };
}

describe('accounts that are picked', function () {
  this.timeout(60_000);
  let resultOf: (item: Pick | Mistake) => Promise<PickedRun>;
  before(() => {
    resultOf = startInParallel([...picks, ...mistakes], ([, args, environment]) => run(args, environment));
  });
  after(closeSettings);

  for (const pick of picks) {
    const [title, , , expected] = pick;
    it(`by ${title}: ${expected === '' ? 'none' : expected}`, async () => {
      const { code, runs, setting } = await resultOf(pick);
      expect(code).to.equal(0);
      expect(Object.keys(runs).join()).to.equal(expected);
      const migrated = names.filter((name) => setting.server.world(keyOf(name)).applied.length > 0);
      expect(migrated.join()).to.equal(expected);
      expect(names.filter((name) => existsSync(setting.stateOf(name))).join()).to.equal(expected);
    });
  }

  for (const mistake of mistakes) {
    const [title, , , message] = mistake;
    it(`fail for ${title}, and still warn of a misspelt name`, async () => {
      const { code, report, log, setting } = await resultOf(mistake);
      expect(code).to.equal(78);
      expect(report.accounts.map(({ account }) => account)).to.deep.equal([null]);
      const [only] = report.accounts;
      expect(only?.error?.message).to.match(message);
      expect(only?.warnings.join()).to.include('did you mean NOVITA_ACCOUNT?');
      expect(log.map(({ event }) => event)).to.include('config_warning');
      expect(setting.server.seen).to.deep.equal([]);
    });
  }

  it('need a name for ids, which are those of one account', async () => {
    const setting = await accountsSetting({ amber: 'demo', blue: 'demo' });
    const instances = setting.server.world(keyOf('blue')).instances();
    const id = instances.find(({ status }) => status === 'exited')?.id ?? '';
    const without = await runAccounts(setting, ['migrate', '-o', 'json', id]);
    expect(without.code).to.equal(64);
    expect(without.report.accounts[0]?.error?.nextStep).to.include('--account');
    expect(setting.server.seen).to.deep.equal([]);
    const named = await runAccounts(setting, ['check', '-o', 'json', '--account', 'blue', id]);
    expect(named.code).to.equal(0);
    expect(named.report.summary).to.include({ total: 1, notFound: 0 });
  });
});
