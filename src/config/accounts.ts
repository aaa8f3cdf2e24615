import { basename, isAbsolute, join } from 'node:path';
import { EnvError } from 'envalid';
import { isAccountName } from './accountName.js';
import { ConfigError, type ConfigProblem } from './configError.js';
import { describeReadFailure } from './readFailure.js';
import { mentionsSecret } from './secrecy.js';
import { readSecretFile } from './secretFile.js';

/** Which accounts of a folder to run. */
export interface AccountSelection {
  readonly directory: string;
  /** Only this account. */
  readonly name: string | null;
  /** Only the account at this place in the order of the names, from 0. */
  readonly index: number | null;
  /** How many indexes share the folder: each also takes every account this many places further on. */
  readonly indexes: number | null;
}

export interface Account {
  /**
   * Where the name of the file is no account name, that name with ? in the place of what does not fit; ? alone where
   * the name holds the key.
   */
  readonly name: string;
  /** A secret; null when there is a problem with it. */
  readonly apiKey: string | null;
  readonly problem: ConfigProblem | null;
}

export interface AccountFiles {
  /** The names of what may be plain files in a folder. @throws the errors of node:fs */
  readonly listFiles: (path: string) => readonly string[];
  /** @throws the errors of node:fs */
  readonly readTextFile: (path: string) => string;
}

/**
 * Reads the accounts of a folder, in the order of their names: one file each, which is named after the account and
 * holds its key. Files whose names begin with a dot are none: Kubernetes keeps its own there.
 * What is wrong with one account is that account's problem and no other's.
 *
 * @returns at least one account, unless other indexes take them all
 * @throws ConfigError when there are no accounts to be found, or not the one that was asked for
 */
export function readAccounts(selection: AccountSelection, files: AccountFiles): readonly Account[] {
  const names = accountNames(selection.directory, files);
  const accounts = withoutSharedKeys(names.map((name) => readAccount(name, selection.directory, files)));
  const { name: wanted, index, indexes } = selection;
  if (wanted !== null) {
    const found = accounts.filter(({ name }) => name === wanted);
    if (found.length === 0) throw problem('NOVITA_ACCOUNT', 'names no file of the folder of accounts');
    return found;
  }
  if (index === null) return accounts;
  if (indexes !== null) {
    if (index >= indexes)
      throw problem('NOVITA_ACCOUNT_INDEX', `is ${index}, but NOVITA_ACCOUNT_INDEXES is ${indexes}`);
    return accounts.filter((_account, place) => place % indexes === index);
  }
  const account = accounts[index];
  if (account) return [account];
  const count = `${accounts.length} ${accounts.length === 1 ? 'account' : 'accounts'}`;
  throw problem('NOVITA_ACCOUNT_INDEX', `is ${index}, but the folder holds ${count}, counted from 0`);
}

/**
 * The names of the accounts of a folder, without reading any key.
 *
 * @throws ConfigError as readAccounts does
 */
export function readAccountNames(
  selection: AccountSelection,
  { listFiles }: Pick<AccountFiles, 'listFiles'>,
): readonly string[] {
  const files = { listFiles, readTextFile: (path: string) => `placeholder-of-${basename(path)}` };
  return readAccounts(selection, files).map(({ name }) => name);
}

function accountNames(directory: string, { listFiles }: AccountFiles): readonly string[] {
  let names: readonly string[];
  try {
    names = listFiles(directory);
  } catch (error) {
    throw problem('NOVITA_ACCOUNTS_DIR', `the folder ${describeReadFailure(error)}`);
  }
  const visible = names.filter((name) => !name.startsWith('.'));
  if (visible.length === 0)
    throw problem(
      'NOVITA_ACCOUNTS_DIR',
      'the folder holds no accounts: put one file with a key into it for each',
    );
  return visible.sort();
}

function readAccount(fileName: string, directory: string, { readTextFile }: AccountFiles): Account {
  const variable = 'NOVITA_ACCOUNTS_DIR';
  if (!isAccountName(fileName)) {
    const message =
      'a file of the folder has a name that is no account name: use letters, digits, dots, dashes and underscores';
    return {
      name: showName(fileName),
      apiKey: null,
      problem: { variable, message },
    };
  }
  try {
    const joined = join(directory, fileName);
    const path = isAbsolute(joined) ? joined : `./${joined}`;
    const apiKey = readSecretFile({ path, noun: 'key', readTextFile, secrets: [] });
    if (mentionsSecret(fileName, [apiKey])) {
      const message = 'a file of the folder has its own key in its name: name it after the account';
      return { name: '?', apiKey: null, problem: { variable, message } };
    }
    return { name: fileName, apiKey, problem: null };
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    return {
      name: fileName,
      apiKey: null,
      problem: { variable, message: `account ${fileName}: ${error.message}` },
    };
  }
}

/** Never the name of another account, which would be taken for this one. */
function showName(fileName: string): string {
  const shown = fileName.replace(/[^A-Za-z0-9._-]/g, '?').slice(0, 63);
  return isAccountName(shown) ? `${shown.slice(0, -1)}?` : shown;
}

/** Two names for one key would be two runs that act on the same machines at the same time. */
function withoutSharedKeys(accounts: readonly Account[]): readonly Account[] {
  const owners = new Map<string, string>();
  return accounts.map((account) => {
    const { apiKey, name } = account;
    if (apiKey === null) return account;
    const owner = owners.get(apiKey);
    owners.set(apiKey, owner ?? name);
    if (owner === undefined) return account;
    const message = `account ${name}: holds the same key as account ${owner}, which would act on its instances twice`;
    return { name, apiKey: null, problem: { variable: 'NOVITA_ACCOUNTS_DIR', message } };
  });
}

function problem(variable: string, message: string): ConfigError {
  return new ConfigError([{ variable, message }]);
}
