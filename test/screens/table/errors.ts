import type { Screen } from '../screen.js';

function error(name: string, about: string, args: readonly string[], more: Partial<Screen> = {}): Screen {
  return { ...more, name: `error-${name}`, about, args };
}

/** One attempt only takes no time and says the same. */
const key = { NOVITA_API_KEY: 'key-of-an-operator' };

export const errorScreens: readonly Screen[] = [
  error('no-command', 'nothing was typed', []),
  error('mistyped-command', 'a command that does not exist', ['migrat']),
  error('mistyped-option', 'an option that does not exist', ['list', '--elgible']),
  error('bad-choice', 'a value that an option does not have', ['list', '--output', 'yaml']),
  error('bad-value', 'a value that makes no sense', ['status', '--limit', 'many']),
  error('force-without-ids', 'options that do not go together', ['migrate', '--force']),
  error('no-key', 'the first run of a newcomer', ['list']),
  error('config', 'several things are wrong at once', ['migrate'], {
    environment: {
      MIGRATION_MAX_CONCURRENT: 'many',
      MIGRATION_LOCAL_DATA: 'keep',
      MIGRATION_DRYRUN: 'true',
      NOVITA_API_BASE_URL: 'http://api.novita.ai',
    },
  }),
  error('env-file', 'a file that is not there', ['list', '--env-file', 'novita.env']),
  error('wrong-key', 'a key that the API does not know', ['list'], {
    environment: key,
    served: { apiKey: 'another-key' },
  }),
  error('wrong-key-migrate', 'the same, about to migrate', ['migrate'], {
    environment: key,
    served: { apiKey: 'another-key' },
  }),
  error('unknown-host', 'a host that does not exist', ['list'], {
    environment: { ...key, NOVITA_API_BASE_URL: 'https://api.novita.invalid' },
  }),
  error('refused', 'nothing listens there', ['list'], {
    environment: { ...key, NOVITA_API_BASE_URL: 'http://127.0.0.1:1' },
  }),
  error('locked', 'another run goes on', ['migrate'], { environment: key, locked: true }),
];
