import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { configWith, errorOf, key, nodeError, readerOf, sourcesWith } from './fixtures.js';

function variableOf(problem: { readonly variable: string }): string {
  return problem.variable;
}

describe('config: loading', () => {
  it('gives the defaults, frozen', () => {
    const config = configWith({});
    expect(config).to.be.frozen;
    expect(config).to.deep.equal({
      apiKey: key,
      account: null,
      accounts: null,
      accountConcurrency: 4,
      baseUrl: 'https://api.novita.ai',
      enabled: true,
      intervalMinutes: 15,
      jobTimeoutMs: 600_000,
      requestTimeoutMs: 30_000,
      maxConcurrent: 5,
      pageConcurrency: 8,
      maxPerRun: 100,
      dryRun: false,
      retryFailed: true,
      retryBaseMs: 500,
      cooldownMinutes: 60,
      maxAttempts: 5,
      stuckMinutes: 60,
      localData: 'warn',
      include: [],
      exclude: [],
      saveData: 'off',
      fallback: 'none',
      waitSeconds: 0,
      logLevel: 'info',
      logFormat: 'auto',
      reporting: {
        metricsFile: null,
        pushgatewayUrl: null,
        pingUrl: null,
        webhook: null,
        notifyOn: ['reclaim_notice', 'migrated', 'recovered', 'failed', 'quarantined', 'stuck', 'run_failed'],
        onNotice: null,
      },
      stateDir: '/home/ada/.local/state/novita-spot',
      stateRoot: '/home/ada/.local/state/novita-spot',
    });
  });

  it('is not moved by NODE_ENV', () => {
    expect(configWith({ NODE_ENV: 'test' })).to.deep.equal(configWith({}));
  });

  const precedence: readonly (readonly [string, (string | undefined)[], number])[] = [
    ['flag over all', ['1', '2', '3'], 1],
    ['environment over env file', [undefined, '2', '3'], 2],
    ['env file over default', [undefined, undefined, '3'], 3],
    ['default', [undefined, undefined, undefined], 5],
    ['empty flag falls through', ['', '2', '3'], 2],
    ['empty environment falls through', [undefined, '', '3'], 3],
    ['empty everywhere', ['', '', ''], 5],
  ];
  for (const [title, [flag, inEnvironment, inFile], expected] of precedence) {
    it(`precedence: ${title}`, () => {
      const { config } = loadConfig(
        sourcesWith({
          flags: flag === undefined ? {} : { MIGRATION_MAX_CONCURRENT: flag },
          environment: { NOVITA_API_KEY: key, MIGRATION_MAX_CONCURRENT: inEnvironment },
          envFile: '.env',
          readTextFile: readerOf({
            '.env': inFile === undefined ? '' : `MIGRATION_MAX_CONCURRENT=${inFile}`,
          }),
        }),
      );
      expect(config.maxConcurrent).to.equal(expected);
    });
  }

  it('checks flags like variables, and says where a bad value comes from', () => {
    const { problems } = errorOf(
      sourcesWith({
        flags: { MIGRATION_MAX_CONCURRENT: '21', NOVITA_SPOT_STATE_DIR: 'here' },
        environment: { NOVITA_API_KEY: key, MIGRATION_MAX_PER_RUN: '-1' },
        envFile: '.env',
        readTextFile: readerOf({ '.env': 'MIGRATION_DRY_RUN=maybe' }),
      }),
    );
    expect(Object.fromEntries(problems.map(({ variable, message }) => [variable, message]))).to.deep.equal({
      MIGRATION_MAX_CONCURRENT:
        'must be a whole number from 1 to 20, in digits only (got "21" on the command line)',
      MIGRATION_MAX_PER_RUN: 'must be a whole number from 0 to 100000, in digits only (got "-1")',
      MIGRATION_DRY_RUN:
        'must be true or false (1, 0, yes and no do as well) (got "maybe" in the --env-file)',
      NOVITA_SPOT_STATE_DIR:
        'must be an absolute path: it starts with / and ~ is not expanded (given on the command line)',
    });
  });

  it('reports every problem at once, one line each, in the order of the variables', () => {
    const error = errorOf(
      sourcesWith({
        environment: {
          NOVITA_API_BASE_URL: 'ftp://x',
          MIGRATION_MAX_CONCURRENT: '0',
          MIGRATION_LOG_LEVEL: 'loud',
          MIGRATION_ENABLED: 'maybe',
          MIGRATION_INCLUDE: '[',
          NOVITA_SPOT_STATE_DIR: 'relative',
        },
      }),
    );
    expect(error.problems.map(variableOf)).to.deep.equal([
      'NOVITA_API_KEY',
      'NOVITA_API_BASE_URL',
      'MIGRATION_ENABLED',
      'MIGRATION_MAX_CONCURRENT',
      'MIGRATION_INCLUDE',
      'MIGRATION_LOG_LEVEL',
      'NOVITA_SPOT_STATE_DIR',
    ]);
    expect(error.name).to.equal('ConfigError');
    expect(error.message.split('\n')).to.deep.equal(
      error.problems.map(({ variable, message }) => `${variable}: ${message}`),
    );
  });

  it('keeps the warnings when it fails: a misspelt name may be the cause', () => {
    const error = errorOf(sourcesWith({ environment: { NOVITA_API_KY: 'x' } }));
    expect(error.problems.map(variableOf)).to.deep.equal(['NOVITA_API_KEY']);
    expect(error.warnings).to.deep.equal(['NOVITA_API_KY is not known; did you mean NOVITA_API_KEY?']);
  });

  it('lets a bug in a validator through as what it is', () => {
    const flags = JSON.parse('{ "MIGRATION_DRY_RUN": 5 }') as Record<string, string>;
    expect(() => loadConfig(sourcesWith({ flags }))).to.throw(TypeError, 'is not a function');
  });

  describe('--sandbox', () => {
    const sandbox = { baseUrl: 'http://127.0.0.1:4010/', apiKey: 'sandbox-key' };

    it('takes the key and the base URL from the sandbox, whatever else is set', () => {
      const { config, warnings } = loadConfig(
        sourcesWith({
          sandbox,
          flags: { NOVITA_API_BASE_URL: 'not a url' },
          environment: {
            NOVITA_API_KEY: 'bad key\n',
            NOVITA_API_KEY_FILE: '/absent',
            MIGRATION_WAIT_SECONDS: '7',
          },
          envFile: '.env',
          readTextFile: readerOf({ '.env': 'NOVITA_API_BASE_URL=http://elsewhere\n' }),
        }),
      );
      expect(config).to.include({ apiKey: 'sandbox-key', baseUrl: 'http://127.0.0.1:4010', waitSeconds: 7 });
      expect(warnings).to.deep.equal([]);
    });

    it('needs no key, and still checks the rest', () => {
      expect(loadConfig(sourcesWith({ sandbox, environment: {} })).config.apiKey).to.equal('sandbox-key');
      const { problems } = errorOf(sourcesWith({ sandbox, environment: { MIGRATION_ENABLED: '?' } }));
      expect(problems.map(variableOf)).to.deep.equal(['MIGRATION_ENABLED']);
    });
  });

  describe('--env-file', () => {
    const text = [
      '\ufeff# comment',
      `NOVITA_API_KEY="${key}"`,
      'export MIGRATION_LOG_LEVEL=debug # why',
      "MIGRATION_INCLUDE='a-*, b'",
      'STATE_DIRECTORY=/not/from/here',
      'OTHER=1',
    ];
    for (const lineBreak of ['\n', '\r\n']) {
      it(`is read with ${JSON.stringify(lineBreak)} between lines`, () => {
        const readTextFile = readerOf({ '/etc/spot.env': text.join(lineBreak) });
        const { config, warnings } = loadConfig(
          sourcesWith({ environment: {}, envFile: '/etc/spot.env', readTextFile }),
        );
        expect(config).to.include({ apiKey: key, logLevel: 'debug' });
        expect(config.include).to.deep.equal(['a-*', 'b']);
        expect(config.stateDir).to.equal('/home/ada/.local/state/novita-spot');
        expect(warnings).to.deep.equal([]);
      });
    }

    it('reads a name behind a byte order mark', () => {
      const readTextFile = readerOf({ f: `\ufeffNOVITA_API_KEY=${key}` });
      expect(loadConfig(sourcesWith({ environment: {}, envFile: 'f', readTextFile })).config.apiKey).to.equal(
        key,
      );
    });

    const failures: readonly (readonly [string, unknown, string])[] = [
      ['ENOENT', nodeError('ENOENT', 'x'), 'the file my.env does not exist'],
      ['EACCES', nodeError('EACCES', 'x'), 'the file my.env is not readable by this user'],
      ['EISDIR', nodeError('EISDIR', 'x'), 'the file my.env is a directory, not a file'],
      ['EFBIG', nodeError('EFBIG', 'x'), 'the file my.env is too large'],
      ['another code', nodeError('EIO', 'x'), 'the file my.env cannot be read (EIO)'],
      ['a code that is none', nodeError('no code\n', 'x'), 'the file my.env cannot be read:'],
      ['no code', new Error('who knows'), 'the file my.env cannot be read:'],
      ['no error', 'who knows', 'the file my.env cannot be read:'],
    ];
    for (const [title, failure, expected] of failures) {
      it(`says why it cannot be read: ${title}`, () => {
        const readTextFile = (): string => {
          throw failure;
        };
        const { problems } = errorOf(sourcesWith({ environment: {}, envFile: 'my.env', readTextFile }));
        expect(problems.map(variableOf)).to.deep.equal(['--env-file']);
        expect(problems[0]?.message).to.include(expected);
      });
    }

    it('does not hide the other problems', () => {
      const environment = { NOVITA_API_KEY: key, NOVITA_API_KEY_FILE: '/k', MIGRATION_ENABLED: '?' };
      const { problems } = errorOf(sourcesWith({ environment, envFile: 'a\x1b[2Jb' }));
      expect(problems.map(variableOf)).to.deep.equal([
        '--env-file',
        'NOVITA_API_KEY',
        'NOVITA_API_KEY_FILE',
        'MIGRATION_ENABLED',
      ]);
      expect(problems[0]?.message).to.match(/^the file does not exist/);
    });
  });
});
