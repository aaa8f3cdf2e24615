import type { Screen } from '../screen.js';

/** Accounts at once would be logged in another order each time. */
const environment = { MIGRATION_ACCOUNT_CONCURRENCY: '1', MIGRATION_MAX_CONCURRENT: '1' };
const files = { '/keys/research': 'key-of-research', '/keys/rendering': 'key-of-rendering' };

function accounts(name: string, about: string, args: readonly string[], more: Partial<Screen> = {}): Screen {
  return {
    files,
    ...more,
    name: `accounts-${name}`,
    about,
    args: [...args, '--accounts-dir', '/keys'],
    environment: { ...environment, ...more.environment },
  };
}

export const accountsScreens: readonly Screen[] = [
  accounts('list', 'every account of a folder', ['list', '--sandbox', '--eligible']),
  accounts('migrate', 'each account asks', ['migrate', '--sandbox'], { answer: 'y' }),
  accounts('bad-key', 'a key that cannot be one', ['list', '--sandbox', '--eligible'], {
    files: { ...files, '/keys/rendering': 'two words' },
  }),
  accounts('status', 'no run yet', ['status']),
];
