import { expect } from 'chai';
import type { AccountSelection } from '../../src/config/accounts.js';
import { configForAccount, loadConfig } from '../../src/config/config.js';
import { describeConfig } from '../../src/config/describeConfig.js';
import { errorOf, key, readerOf, sourcesWith } from './fixtures.js';

type Texts = Readonly<Record<string, string>>;

function sources(environment: Texts, flags: Texts = {}, inFile: Texts = {}) {
  const text = Object.entries(inFile).map(([name, value]) => `${name}=${value}\n`);
  return sourcesWith({ environment, flags, envFile: 'f', readTextFile: readerOf({ f: text.join('') }) });
}

const folder = { NOVITA_ACCOUNTS_DIR: '/accounts' };
const all: AccountSelection = { directory: '/accounts', name: null, index: null, indexes: null };

describe('config: which accounts', () => {
  type Case = readonly [title: string, layers: readonly Texts[], expected: Partial<AccountSelection>];
  const selections: readonly Case[] = [
    ['all of a folder', [folder], {}],
    ['one by name', [{ ...folder, NOVITA_ACCOUNT: 'blue' }], { name: 'blue' }],
    ['one by index', [{ ...folder, NOVITA_ACCOUNT_INDEX: '0' }], { index: 0 }],
    ['by the index of a job', [{ ...folder, JOB_COMPLETION_INDEX: '3' }], { index: 3 }],
    [
      'an index beats that of a job',
      [{ ...folder, NOVITA_ACCOUNT_INDEX: '1', JOB_COMPLETION_INDEX: '3' }],
      { index: 1 },
    ],
    [
      'an index in the env file beats that of a job',
      [{ ...folder, JOB_COMPLETION_INDEX: '3' }, {}, { NOVITA_ACCOUNT_INDEX: '2' }],
      { index: 2 },
    ],
    [
      'an empty index leaves that of a job',
      [{ ...folder, NOVITA_ACCOUNT_INDEX: '', JOB_COMPLETION_INDEX: '3' }],
      { index: 3 },
    ],
    ['an empty index of a job is none', [{ ...folder, JOB_COMPLETION_INDEX: '' }], {}],
    ['the env file has no index of a job', [folder, {}, { JOB_COMPLETION_INDEX: '3' }], {}],
    [
      'a name beats the index of a job',
      [{ ...folder, JOB_COMPLETION_INDEX: '3' }, { NOVITA_ACCOUNT: 'blue' }],
      { name: 'blue' },
    ],
    [
      'shared indexes',
      [{ ...folder, NOVITA_ACCOUNT_INDEXES: '5', JOB_COMPLETION_INDEX: '3' }],
      { index: 3, indexes: 5 },
    ],
    [
      'shared indexes do not matter to a name',
      [{ ...folder, NOVITA_ACCOUNT_INDEXES: '5', NOVITA_ACCOUNT: 'blue' }],
      { name: 'blue', indexes: 5 },
    ],
    [
      'a flag beats the environment',
      [folder, { NOVITA_ACCOUNTS_DIR: '/flag' }, { NOVITA_ACCOUNTS_DIR: '/file' }],
      { directory: '/flag' },
    ],
    ['the environment beats the env file', [folder, {}, { NOVITA_ACCOUNTS_DIR: '/file' }], {}],
    ['the env file will do', [{}, {}, folder], {}],
  ];
  for (const [title, [environment = {}, flags = {}, inFile = {}], expected] of selections) {
    it(title, () => {
      const { config, warnings } = loadConfig(sources(environment, flags, inFile));
      expect(config.accounts).to.deep.equal({ ...all, ...expected });
      expect(config.accounts).to.be.frozen;
      expect(config).to.include({ account: null, apiKey: '' });
      expect(warnings).to.deep.equal([]);
    });
  }

  it('is one, and its name, without a folder', () => {
    for (const environment of [
      { NOVITA_ACCOUNT: 'blue' },
      { NOVITA_ACCOUNT: 'blue', JOB_COMPLETION_INDEX: 'x' },
    ]) {
      const { config } = loadConfig(sources({ NOVITA_API_KEY: key, ...environment }));
      expect(config).to.include({ account: 'blue', accounts: null, apiKey: key });
    }
  });

  it('are those of the folder with a sandbox, too', () => {
    const sandbox = { baseUrl: 'http://127.0.0.1:1', apiKey: 'sandbox-key' };
    const { config } = loadConfig({ ...sources({ ...folder, NOVITA_API_KEY: key }), sandbox });
    expect(config.accounts).to.deep.equal(all);
  });

  const refused: readonly (readonly [string, Texts, string, string])[] = [
    [
      'a key and a folder',
      { ...folder, NOVITA_API_KEY: key },
      'NOVITA_API_KEY',
      'is set together with NOVITA_ACCOUNTS_DIR: unset one of them',
    ],
    [
      'a key, a file and a folder',
      { ...folder, NOVITA_API_KEY: key, NOVITA_API_KEY_FILE: 'f' },
      'NOVITA_API_KEY',
      'is set together with NOVITA_API_KEY_FILE and NOVITA_ACCOUNTS_DIR: unset all but one of them',
    ],
    [
      'a name and an index',
      { ...folder, NOVITA_ACCOUNT: 'blue', NOVITA_ACCOUNT_INDEX: '0' },
      'NOVITA_ACCOUNT',
      'is set together with NOVITA_ACCOUNT_INDEX: unset one of them',
    ],
    [
      'an index without a folder',
      { NOVITA_API_KEY: key, NOVITA_ACCOUNT_INDEX: '0' },
      'NOVITA_ACCOUNT_INDEX',
      'needs NOVITA_ACCOUNTS_DIR, the folder that it picks from: set it or unset this',
    ],
    [
      'shared indexes without a folder',
      { NOVITA_API_KEY: key, NOVITA_ACCOUNT_INDEXES: '5', JOB_COMPLETION_INDEX: '0' },
      'NOVITA_ACCOUNT_INDEXES',
      'needs NOVITA_ACCOUNTS_DIR, the folder that it picks from: set it or unset this',
    ],
    [
      'shared indexes without an index',
      { ...folder, NOVITA_ACCOUNT_INDEXES: '2' },
      'NOVITA_ACCOUNT_INDEXES',
      'needs NOVITA_ACCOUNT_INDEX, or each index would run every account: set it or unset this',
    ],
    [
      'the index of a job that is no number',
      { ...folder, JOB_COMPLETION_INDEX: 'two' },
      'NOVITA_ACCOUNT_INDEX',
      'must be a whole number from 0 to 99999, in digits only (got "two" in JOB_COMPLETION_INDEX)',
    ],
    [
      'an index below 0',
      { ...folder, NOVITA_ACCOUNT_INDEX: '-1' },
      'NOVITA_ACCOUNT_INDEX',
      'must be a whole number from 0 to 99999, in digits only (got "-1")',
    ],
    [
      'no indexes',
      { ...folder, NOVITA_ACCOUNT_INDEX: '0', NOVITA_ACCOUNT_INDEXES: '0' },
      'NOVITA_ACCOUNT_INDEXES',
      'must be a whole number from 1 to 100000, in digits only (got "0")',
    ],
    [
      'a name with a slash',
      { ...folder, NOVITA_ACCOUNT: '../x' },
      'NOVITA_ACCOUNT',
      'must be a name of letters, digits, dots, dashes and underscores',
    ],
    [
      'a name that is the key',
      { NOVITA_API_KEY: key, NOVITA_ACCOUNT: `${key} ` },
      'NOVITA_ACCOUNT',
      'must be a name of letters, digits, dots, dashes and underscores',
    ],
    [
      'too many accounts at once',
      { ...folder, MIGRATION_ACCOUNT_CONCURRENCY: '33' },
      'MIGRATION_ACCOUNT_CONCURRENCY',
      'must be a whole number from 1 to 32, in digits only (got "33")',
    ],
    [
      'no accounts at once',
      { ...folder, MIGRATION_ACCOUNT_CONCURRENCY: '0' },
      'MIGRATION_ACCOUNT_CONCURRENCY',
      'must be a whole number from 1 to 32, in digits only (got "0")',
    ],
  ];
  for (const [title, environment, variable, message] of refused) {
    it(`refuses ${title}`, () => {
      const { problems } = errorOf(sources(environment));
      expect(problems.filter((problem) => problem.variable === variable)).to.deep.equal([
        { variable, message },
      ]);
    });
  }
});

describe('config: one account of a folder', () => {
  const { config } = loadConfig(
    sources({ ...folder, NOVITA_SPOT_STATE_DIR: '/state', MIGRATION_MAX_PER_RUN: '3' }),
  );
  const blue = configForAccount(config, { name: 'blue', apiKey: key });

  it('has its own key, name and state folder, and shares the rest', () => {
    const { apiKey, account, accounts, stateDir, ...rest } = blue;
    expect({ apiKey, account, accounts, stateDir }).to.deep.equal({
      apiKey: key,
      account: 'blue',
      accounts: null,
      stateDir: '/state/accounts/blue',
    });
    expect(config).to.deep.include(rest);
    expect(rest).to.include({ stateRoot: '/state', maxPerRun: 3 });
    expect(blue).to.be.frozen;
  });

  it('is described without its key', () => {
    const description = describeConfig(blue);
    expect(description).to.include({
      account: 'blue',
      stateDir: '/state/accounts/blue',
      stateRoot: '/state',
    });
    expect(JSON.stringify(description)).not.to.include(key);
    expect(describeConfig(config)).to.include({ accounts: '/accounts', stateDir: '/state' });
  });
});
