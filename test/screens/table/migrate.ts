import type { Screen } from '../screen.js';

/** Requests in flight at once would be logged in another order each time. */
const oneByOne = { MIGRATION_MAX_CONCURRENT: '1', MIGRATION_RETRY_BASE_MS: '500' };

function migrate(name: string, about: string, args: readonly string[], more: Partial<Screen> = {}): Screen {
  return {
    ...more,
    name: name === '' ? 'migrate' : `migrate-${name}`,
    about,
    args: ['migrate', ...args],
    environment: { ...oneByOne, ...more.environment },
  };
}

export const migrateScreens: readonly Screen[] = [
  migrate('', 'the plan, a yes, and what became of it', ['--sandbox'], { answer: 'y' }),
  migrate('declined', 'the plan, and a no', ['--sandbox'], { answer: 'n' }),
  migrate('interrupted', 'the plan, and Ctrl-C', ['--sandbox'], { answer: 'Ctrl-C' }),
  migrate('dry-run', 'what would be done', ['--sandbox', '--dry-run']),
  migrate('quiet', 'for cron: silent on success', ['--sandbox', '--yes', '--quiet']),
  migrate('faults', 'all that can go wrong with a request', ['--sandbox', 'faults', '--yes']),
  migrate('faults-quiet', 'for cron: only what went wrong', ['--sandbox', 'faults', '--yes', '--quiet']),
  migrate('save-data', 'with the data, where the platform can', ['--sandbox', 'data', '--save-data', 'try'], {
    answer: 'y',
  }),
  migrate('save-data-only', 'with the data, or not at all', [
    ...['--sandbox', 'data', '--yes', '--save-data', 'require'],
  ]),
  migrate(
    'fallback',
    'started where no other node has room',
    [...['--sandbox', 'fallback', '--fallback', 'start']],
    { answer: 'y' },
  ),
  migrate('wait', 'followed until it runs', ['--sandbox', 'recovery', '--yes', '--wait', '10m']),
  migrate('wait-too-short', 'followed for a while', ['--sandbox', 'recovery', '--yes', '--wait', '3s']),
  migrate('deferred', 'more than a run may take', ['--sandbox', '--max-per-run', '2'], { answer: 'y' }),
  migrate('one', 'one instance, by its id', ['--sandbox', 'demo', 'd06052c629ce00fc'], { answer: 'y' }),
  migrate('not-eligible', 'one instance that is skipped', ['--sandbox', 'demo', '358b05c80a469d3f']),
  migrate('force', 'the same, even in cooldown', ['--sandbox', 'demo', '358b05c80a469d3f', '--force'], {
    answer: 'y',
  }),
  migrate('by-name', 'an instance by its name', ['--sandbox', 'demo', 'sdxl-training'], { answer: 'y' }),
  migrate('plan', 'what a dry run planned', ['--sandbox', '--plan', 'plan.json'], {
    answer: 'y',
    planned: { path: 'plan.json', since: (plan) => plan },
  }),
  migrate('plan-outdated', 'an instance has changed since', ['--sandbox', '--plan', 'plan.json'], {
    answer: 'y',
    // llama-finetune-3 had been reclaimed an hour earlier.
    planned: { path: 'plan.json', since: (plan) => plan.replaceAll('1795526589', '1795522989') },
  }),
  migrate('not-found', 'an id that is in no list', ['--sandbox', 'demo', 'd06052c629ce00fd']),
  migrate('empty', 'an account without instances', ['--sandbox', 'empty']),
  migrate('disabled', 'switched off', ['--sandbox'], { environment: { MIGRATION_ENABLED: 'false' } }),
  migrate('markdown', 'for the summary of a CI job', ['--sandbox', '--dry-run', '-o', 'markdown']),
];
