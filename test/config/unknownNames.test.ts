import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { variableNames } from '../../src/config/variables.js';
import { errorOf, key, readerOf, sourcesWith } from './fixtures.js';

function warningsOf(environment: Record<string, string | undefined>, fileText = ''): readonly string[] {
  const readTextFile = readerOf({ f: fileText });
  return loadConfig(
    sourcesWith({ environment: { NOVITA_API_KEY: key, ...environment }, envFile: 'f', readTextFile }),
  ).warnings;
}

const suggestions: readonly (readonly [string, string | null])[] = [
  ['MIGRATION_MAX_CONCURENT', 'MIGRATION_MAX_CONCURRENT'],
  ['MIGRATION_MAX_CONCURRENCY', 'MIGRATION_MAX_CONCURRENT'],
  ['MIGRATION_dry_run', 'MIGRATION_DRY_RUN'],
  ['MIGRATION_DRYRUN', 'MIGRATION_DRY_RUN'],
  ['migration_dry_run', 'MIGRATION_DRY_RUN'],
  ['MIGRATON_DRY_RUN', 'MIGRATION_DRY_RUN'],
  ['MIGRATION-DRY-RUN', 'MIGRATION_DRY_RUN'],
  ['NOVTIA_API_KEY', 'NOVITA_API_KEY'],
  ['Notify_Onn', 'NOTIFY_ON'],
  ['MIGRATION_TIMEOUT_MS', 'MIGRATION_JOB_TIMEOUT_MS'],
  ['NOVITA_KEY', 'NOVITA_API_KEY'],
  ['NOVITA_BASE_URL', 'NOVITA_API_BASE_URL'],
  ['NOVITA_SPOT_STATE_DIRECTORY', null],
  ['MIGRATION_', null],
  ['MIGRATION_WEBHOOK_ENDPOINT', null],
];

describe('config: unknown names', () => {
  for (const [name, nearest] of suggestions) {
    it(`${name}: ${nearest ?? 'nothing near'}`, () => {
      const suffix = nearest === null ? '' : `; did you mean ${nearest}?`;
      expect(warningsOf({ [name]: 'Canary' })).to.deep.equal([`${name} is not known${suffix}`]);
    });
  }

  it('are noticed in the env file, and once only', () => {
    const warnings = warningsOf({ MIGRATION_X: '1' }, 'MIGRATION_X=2\nMIGRATION_WIAT_SECONDS=3\nOTHER=4');
    expect(warnings).to.deep.equal([
      'MIGRATION_X is not known',
      'MIGRATION_WIAT_SECONDS is not known; did you mean MIGRATION_WAIT_SECONDS?',
    ]);
    expect(warnings).to.be.frozen;
  });

  it('are not noticed when unset, empty or of another family', () => {
    const environment = {
      MIGRATION_X: '',
      NOVITA_X: undefined,
      MIGRATIONS_DIR: '/x',
      XMIGRATION_X: '1',
      MIGRATON_FRUITS: '1',
      NODE_ON: '1',
      SNOVITA_ACC: '1',
      NOTIFY_SOCKET: '/run/systemd/notify',
      PATH: '/bin',
    };
    expect(warningsOf(environment)).to.deep.equal([]);
  });

  it('never include a known name', () => {
    const known = Object.fromEntries(variableNames.map((name) => [name, '1']));
    expect(errorOf(sourcesWith({ environment: known })).warnings).to.deep.equal([]);
  });

  for (const name of ['MIGRATION_\x1b[2J', 'MIGRATION_A B', `NOVITA_${'X'.repeat(99)}`, `NOVITA_${key}`]) {
    it(`are not shown when unfit: ${JSON.stringify(name.slice(0, 20))}`, () => {
      expect(warningsOf({ [name]: 'Canary' })).to.deep.equal([
        'A variable whose name starts with MIGRATION_ or NOVITA_ is not known; its name is not fit to be shown',
      ]);
    });
  }
});
