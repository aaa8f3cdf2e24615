import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { isAccountName } from '../../src/config/accountName.js';
import { type Account, type AccountSelection, readAccounts } from '../../src/config/accounts.js';
import { ConfigError } from '../../src/config/configError.js';
import { listFiles } from '../../src/runtime/listFiles.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { nodeError } from './fixtures.js';

type Files = Readonly<Record<string, string | Error>>;

const letters: Files = {
  c: 'key-of-c\n',
  a: 'key-of-a',
  B: 'key-of-B\r\n',
  '10': 'key-of-10',
  '9': 'key-of-9',
};

function select(files: Files, selection: Partial<AccountSelection> = {}): readonly Account[] {
  const whole = { directory: '/accounts', name: null, index: null, indexes: null, ...selection };
  return readAccounts(whole, {
    listFiles: () => Object.keys(files),
    readTextFile: (path) => {
      const file = files[path.slice(path.lastIndexOf('/') + 1)] ?? nodeError('ENOENT', path);
      if (typeof file === 'string') return file;
      throw file;
    },
  });
}

function problemsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError)
      return error.problems.map(({ variable, message }) => `${variable} ${message}`);
    throw error;
  }
  throw new Error('The accounts were accepted.');
}

const namesOf = (accounts: readonly Account[]): readonly string[] => accounts.map(({ name }) => name);

describe('accounts of a folder', () => {
  it('come in the order of their names, whatever the order of the files and the language', () => {
    const accounts = select(letters);
    expect(namesOf(accounts)).to.deep.equal(['10', '9', 'B', 'a', 'c']);
    for (const { name, apiKey, problem } of accounts) {
      expect({ apiKey, problem }).to.deep.equal({ apiKey: `key-of-${name}`, problem: null });
    }
  });

  it('are not named after their keys, and no message repeats such a name', () => {
    const [named, other] = select({ 'sk_Canary-1': 'sk_Canary', z: 'key-of-z' });
    expect(named).to.deep.include({ name: '?', apiKey: null });
    expect(named?.problem?.message).to.include('has its own key in its name').and.not.include('Canary');
    expect(other?.apiKey).to.equal('key-of-z');
  });

  it('leave out files whose names begin with a dot', () => {
    const files = { '.gitkeep': '', '..data': new Error('never read'), '.a.swp': 'x', a: 'key-of-a' };
    expect(namesOf(select(files))).to.deep.equal(['a']);
  });

  const names: readonly (readonly [string, string | null])[] = [
    ['a', null],
    ['A.b_c-9', null],
    ['9', null],
    ['a'.repeat(63), null],
    ['a'.repeat(64), `${'a'.repeat(62)}?`],
    ['-a', '-a'],
    ['_a', '_a'],
    ['a b', 'a?b'],
    ['a\nb', 'a?b'],
    ['a~', 'a?'],
    ['é', '?'],
    ['a{account}', 'a?account?'],
    ['a\x1b[2J', 'a??2J'],
  ];
  for (const [name, shown] of names) {
    it(`${shown === null ? 'take' : 'refuse'} the name ${JSON.stringify(name.slice(0, 20))}`, () => {
      const [account] = select({ [name]: 'the-key' });
      if (shown === null) {
        expect(account).to.deep.equal({ name, apiKey: 'the-key', problem: null });
        return;
      }
      expect(account).to.include({ name: shown, apiKey: null });
      expect(isAccountName(shown), 'the name of no other account').to.be.false;
      expect(account?.problem?.variable).to.equal('NOVITA_ACCOUNTS_DIR');
      expect(account?.problem?.message).to.include('no account name').and.not.include(name);
    });
  }

  const broken: readonly (readonly [string, string | Error, string])[] = [
    ['empty', '', 'account b: the file is empty'],
    ['a line break alone', '\n', 'account b: the file is empty'],
    ['two lines', 'Canary\nCanary', 'account b: the file has more than one line'],
    ['a space', 'Bearer Canary', 'account b: holds a space'],
    ['quotes', '"Canary"', 'account b: is in quotes'],
    ['a byte order mark', '\ufeffCanary', 'account b: holds characters outside ASCII'],
    ['unreadable', nodeError('EACCES', 'Canary'), 'account b: the file /accounts/b is not readable'],
    ['a link to nowhere', nodeError('ENOENT', 'x'), 'account b: the file /accounts/b does not exist'],
    ['a link to itself', nodeError('ELOOP', 'x'), 'account b: the file /accounts/b is a loop'],
  ];
  for (const [title, file, expected] of broken) {
    it(`keep what is wrong with one file to its account: ${title}`, () => {
      const [a, b, c, ...others] = select({ a: 'key-of-a', b: file, c: 'key-of-c' });
      expect(others).to.deep.equal([]);
      expect(a).to.include({ name: 'a', apiKey: 'key-of-a', problem: null });
      expect(c).to.include({ name: 'c', apiKey: 'key-of-c', problem: null });
      expect(b).to.include({ name: 'b', apiKey: null });
      expect(b?.problem?.variable).to.equal('NOVITA_ACCOUNTS_DIR');
      expect(b?.problem?.message).to.include(expected).and.not.include('Canary');
    });
  }

  for (const [directory, path] of [
    ['keys', './keys/a'],
    ['./keys/', './keys/a'],
    ['../keys', './../keys/a'],
    ['/keys//', '/keys/a'],
    ['/', '/a'],
  ] as const) {
    it(`name the file that cannot be read, in the folder ${directory}`, () => {
      const [account] = select({ a: nodeError('EACCES', 'x') }, { directory });
      expect(account?.problem?.message).to.equal(`account a: the file ${path} is not readable by this user`);
    });
  }

  it('throw a bug as what it is', () => {
    const listing = { listFiles: () => ['a'], readTextFile: () => 5 as unknown as string };
    const selection = { directory: '/', name: null, index: null, indexes: null };
    expect(() => readAccounts(selection, listing)).to.throw(TypeError);
  });

  describe('with the same key twice', () => {
    const shared: Files = { a: 'same\n', b: 'other', c: 'same', d: 'same\r\n' };
    const message = (name: string): string =>
      `account ${name}: holds the same key as account a, which would act on its instances twice`;

    it('run for the first name and refuse the others', () => {
      const accounts = select(shared);
      expect(accounts.map(({ apiKey }) => apiKey)).to.deep.equal(['same', 'other', null, null]);
      expect(accounts.map(({ problem }) => problem?.message)).to.deep.equal([
        undefined,
        undefined,
        message('c'),
        message('d'),
      ]);
    });

    it('refuse them wherever they are picked: the first one may run elsewhere', () => {
      const picks: readonly Partial<AccountSelection>[] = [
        { name: 'c' },
        { index: 2 },
        { index: 2, indexes: 4 },
      ];
      for (const pick of picks) {
        const [account, ...others] = select(shared, pick);
        expect(others).to.deep.equal([]);
        expect(account).to.deep.include({ name: 'c', apiKey: null });
      }
    });

    it('do not take two broken files for one key', () => {
      for (const { problem } of select({ a: '', b: '' })) expect(problem?.message).to.include('is empty');
    });
  });

  describe('picked', () => {
    const five: Files = { a: '1', b: '2', c: '3', d: '4', e: '5' };
    const picked: readonly (readonly [string, Partial<AccountSelection>, readonly string[]])[] = [
      ['all', {}, ['a', 'b', 'c', 'd', 'e']],
      ['by name', { name: 'd' }, ['d']],
      ['by the first index', { index: 0 }, ['a']],
      ['by the last index', { index: 4 }, ['e']],
      ['one index for all', { index: 0, indexes: 1 }, ['a', 'b', 'c', 'd', 'e']],
      ['the first of two indexes', { index: 0, indexes: 2 }, ['a', 'c', 'e']],
      ['the second of two indexes', { index: 1, indexes: 2 }, ['b', 'd']],
      ['the last of five indexes', { index: 4, indexes: 5 }, ['e']],
      ['an index that is left without', { index: 6, indexes: 7 }, []],
    ];
    for (const [title, selection, expected] of picked) {
      it(title, () => expect(namesOf(select(five, selection))).to.deep.equal(expected));
    }

    it('by all indexes together are all, each once', () => {
      for (const indexes of [1, 2, 3, 4, 5, 6, 50]) {
        const all = Array.from({ length: indexes }, (_, index) => namesOf(select(five, { index, indexes })));
        expect(all.flat().sort(), String(indexes)).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
      }
    });

    const refused: readonly (readonly [string, Partial<AccountSelection>, Files, string])[] = [
      ['an unknown name', { name: 'x' }, five, 'NOVITA_ACCOUNT names no file of the folder of accounts'],
      [
        'a name in another case',
        { name: 'A' },
        five,
        'NOVITA_ACCOUNT names no file of the folder of accounts',
      ],
      [
        'an index beyond the last account',
        { index: 5 },
        five,
        'NOVITA_ACCOUNT_INDEX is 5, but the folder holds 5 accounts, counted from 0',
      ],
      [
        'an index beyond the only account',
        { index: 1 },
        { a: '1' },
        'NOVITA_ACCOUNT_INDEX is 1, but the folder holds 1 account, counted from 0',
      ],
      [
        'an index that is none of the indexes',
        { index: 2, indexes: 2 },
        five,
        'NOVITA_ACCOUNT_INDEX is 2, but NOVITA_ACCOUNT_INDEXES is 2',
      ],
    ];
    for (const [title, selection, files, expected] of refused) {
      it(`not by ${title}`, () =>
        expect(problemsOf(() => select(files, selection))).to.deep.equal([expected]));
    }
  });

  it('are missed in a folder without any', () => {
    for (const files of [{}, { '.hidden': 'key' }]) {
      expect(problemsOf(() => select(files))).to.deep.equal([
        'NOVITA_ACCOUNTS_DIR the folder holds no accounts: put one file with a key into it for each',
      ]);
    }
  });
});

describe('accounts of a real folder', () => {
  const at = useTemporaryFolder();
  const read = (directory: string): readonly Account[] =>
    readAccounts(
      { directory, name: null, index: null, indexes: null },
      { listFiles, readTextFile: (path) => readFileSync(path, 'utf8') },
    );

  it('are found as Kubernetes mounts a secret: links through ..data to a folder with a time', () => {
    mkdirSync(at('..2026_11_25'));
    for (const name of ['blue', 'amber']) {
      writeFileSync(at('..2026_11_25', name), `key-of-${name}`);
      symlinkSync(`..data/${name}`, at(name));
    }
    symlinkSync('..2026_11_25', at('..data'));
    expect(read(at())).to.deep.equal([
      { name: 'amber', apiKey: 'key-of-amber', problem: null },
      { name: 'blue', apiKey: 'key-of-blue', problem: null },
    ]);
  });

  it('leave out folders, and name links that lead nowhere', () => {
    mkdirSync(at('lost+found'));
    symlinkSync('lost+found', at('old'));
    symlinkSync('loop', at('loop'));
    symlinkSync('removed', at('gone'));
    writeFileSync(at('sound'), 'the-key\n');
    const accounts = read(at());
    expect(namesOf(accounts)).to.deep.equal(['gone', 'loop', 'sound']);
    expect(accounts.map(({ problem }) => problem?.message ?? null)).to.deep.equal([
      `account gone: the file ${at('gone')} does not exist`,
      `account loop: the file ${at('loop')} is a loop of symbolic links`,
      null,
    ]);
  });

  it('need the folder', () => {
    expect(problemsOf(() => read(at('absent')))).to.deep.equal([
      'NOVITA_ACCOUNTS_DIR the folder does not exist',
    ]);
    writeFileSync(at('file'), 'sk_Canary');
    expect(problemsOf(() => read(at('file')))[0]).to.match(/^NOVITA_ACCOUNTS_DIR the folder does not exist/);
  });
});
