import { inspect } from 'node:util';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { describeConfig } from '../../src/config/describeConfig.js';
import {
  needsAccount,
  type Reporting,
  reportingFor,
  reportingOf,
  secretsOfReporting,
} from '../../src/config/reporting.js';
import type { VariableName } from '../../src/config/variables.js';
import { noticeTypes } from '../../src/core/notice.js';
import { configWith, errorOf, key, messageFor, nodeError, readerOf, sourcesWith } from './fixtures.js';

const hook = 'https://hooks.example.com/Canary/T1?token=Canary';
const everything = {
  MIGRATION_METRICS_FILE: '/metrics/spot.prom',
  MIGRATION_PUSHGATEWAY_URL: 'https://user:Canary@push.example.com/gateway',
  HEALTHCHECK_PING_URL: 'https://hc.example.com/Canary-Canary-Canary',
  NOTIFY_WEBHOOK_URL: hook,
  NOTIFY_WEBHOOK_SECRET: 'CanarySecret',
  NOTIFY_ON: 'failed,migrated',
};

function reportingWith(environment: Readonly<Record<string, string>>): Reporting {
  return configWith(environment).reporting;
}

describe('config: whom to tell', () => {
  it('is nobody by default, and everything worth telling', () => {
    expect(reportingOf({})).to.deep.equal({
      metricsFile: null,
      pushgatewayUrl: null,
      pingUrl: null,
      webhook: null,
      notifyOn: noticeTypes,
    });
  });

  it('is everybody who was named, frozen', () => {
    const reporting = reportingWith(everything);
    expect(reporting).to.deep.equal({
      metricsFile: '/metrics/spot.prom',
      pushgatewayUrl: everything.MIGRATION_PUSHGATEWAY_URL,
      pingUrl: everything.HEALTHCHECK_PING_URL,
      webhook: { url: hook, secret: 'CanarySecret', format: 'json' },
      notifyOn: ['migrated', 'failed'],
    });
    expect(reporting).to.be.frozen;
    expect(reporting.webhook).to.be.frozen;
  });

  const wrongUrl = 'must be an http:// or https:// URL';
  const badUrls: readonly (readonly [string, string, string])[] = [
    ['no scheme', 'Canary.example.com/x', wrongUrl],
    ['another scheme', 'ftp://Canary.example.com', wrongUrl],
    ['no host', 'https://', wrongUrl],
    ['three slashes', 'https:///Canary', wrongUrl],
    ['a blank', 'https://example.com/Canary x', wrongUrl],
    ['a blank before', ' https://example.com/Canary', wrongUrl],
    ['a line break at the end', 'https://example.com/Canary\n', wrongUrl],
    ['a backslash', 'https:\\\\example.com\\Canary', wrongUrl],
    ['a letter outside ASCII', 'https://example.com/Canaryé', wrongUrl],
    ['a bad port', 'https://example.com:99999/Canary', wrongUrl],
    ['a fragment', 'https://example.com/#Canary', 'must not have a fragment (#)'],
    ['an empty fragment', 'https://example.com/Canary#', 'must not have a fragment (#)'],
    ['a user name that is no text', 'https://Canary%zz@example.com/', 'has a % in its user name or password'],
    ['a password that is no text', 'https://a:Canary%@example.com/', 'has a % in its user name or password'],
  ];
  const urlVariables: readonly (readonly [VariableName, (reporting: Reporting) => string | null])[] = [
    ['MIGRATION_PUSHGATEWAY_URL', ({ pushgatewayUrl }) => pushgatewayUrl],
    ['HEALTHCHECK_PING_URL', ({ pingUrl }) => pingUrl],
    ['NOTIFY_WEBHOOK_URL', ({ webhook }) => webhook?.url ?? null],
  ];
  for (const [name, valueOf] of urlVariables) {
    describe(name, () => {
      for (const url of [
        'http://pushgateway:9091',
        'HTTPS://Example.com/path',
        'https://user:p%40ss@[::1]:8443/a/b',
        'https://token@example.com/~a/b;c',
      ]) {
        it(`takes ${url}`, () => expect(valueOf(reportingWith({ [name]: url }))).to.equal(url));
      }
      for (const [title, url, expected] of badUrls) {
        it(`refuses ${title}, without repeating it`, () => {
          expect(messageFor(name, url))
            .to.include(expected)
            .and.not.match(/Canary|example\.com/);
        });
      }
    });
  }

  describe('HEALTHCHECK_PING_URL', () => {
    it('loses slashes at its end, as paths are added there', () => {
      expect(reportingWith({ HEALTHCHECK_PING_URL: 'https://hc.example.com/id//' }).pingUrl).to.equal(
        'https://hc.example.com/id',
      );
    });
    for (const url of ['https://hc.example.com/Canary?a=b', 'https://hc.example.com/Canary?']) {
      it(`must have no query: ${url}`, () => {
        expect(messageFor('HEALTHCHECK_PING_URL', url))
          .to.include('must not have a query')
          .and.not.include('Canary');
      });
    }
    it('must have {account} in its path, as a name is not always one of a host', () => {
      const environment = {
        NOVITA_API_KEY: key,
        NOVITA_ACCOUNT: 'blue',
        HEALTHCHECK_PING_URL: 'https://{account}.example.com/Canary',
      };
      const { message } = errorOf(sourcesWith({ environment }));
      expect(message).to.include('must not have {account} in its host').and.not.include('Canary');
    });
  });

  describe('from files', () => {
    const files = {
      HEALTHCHECK_PING_URL_FILE: '/run/ping',
      NOTIFY_WEBHOOK_URL_FILE: '/run/hook',
      NOTIFY_WEBHOOK_SECRET_FILE: '/run/secret',
    };
    const texts = {
      '/run/ping': 'https://hc.example.com/Canary/\n',
      '/run/hook': `${hook}\r\n`,
      '/run/secret': 'CanarySecret\n',
    };

    it('are read', () => {
      const environment = { NOVITA_API_KEY: key, ...files };
      const { config } = loadConfig(sourcesWith({ environment, readTextFile: readerOf(texts) }));
      expect(config.reporting).to.deep.include({
        pingUrl: 'https://hc.example.com/Canary',
        webhook: { url: hook, secret: 'CanarySecret', format: 'json' },
      });
    });

    const badTexts: readonly (readonly [string, string])[] = [
      ['', 'the file is empty'],
      ['https://a.example.com/Canary\nhttps://b', 'the file has more than one line'],
      ['https://a.example.com/ Canary', 'holds a space'],
      ['"https://a.example.com/Canary"', 'is in quotes'],
      ['\ufeffhttps://a.example.com/Canary', 'byte order mark'],
    ];
    for (const [variable, path] of Object.entries(files)) {
      for (const [text, expected] of badTexts) {
        it(`${variable} refuses ${JSON.stringify(text)}, without repeating it`, () => {
          const environment = { NOVITA_API_KEY: key, [variable]: path };
          const { problems } = errorOf(
            sourcesWith({ environment, readTextFile: readerOf({ [path]: text }) }),
          );
          expect(problems.map((problem) => problem.variable)).to.deep.equal([variable]);
          expect(problems[0]?.message).to.include(expected).and.not.include('Canary');
        });
      }
      it(`${variable} says why the file cannot be read`, () => {
        const readTextFile = (): string => {
          throw nodeError('EACCES', path);
        };
        const environment = { NOVITA_API_KEY: key, [variable]: path };
        expect(errorOf(sourcesWith({ environment, readTextFile })).problems).to.deep.equal([
          { variable, message: `the file ${path} is not readable by this user` },
        ]);
      });
    }
    it('refuses a URL in a file that is none, without repeating it', () => {
      for (const variable of ['HEALTHCHECK_PING_URL_FILE', 'NOTIFY_WEBHOOK_URL_FILE']) {
        const environment = { NOVITA_API_KEY: key, [variable]: '/run/x' };
        const { message } = errorOf(
          sourcesWith({ environment, readTextFile: readerOf({ '/run/x': 'CanaryCanary' }) }),
        );
        expect(message).to.include(`${variable}: ${wrongUrl}`).and.not.include('Canary');
      }
    });
  });

  const conflicting: readonly (readonly [VariableName, VariableName])[] = [
    ['HEALTHCHECK_PING_URL', 'HEALTHCHECK_PING_URL_FILE'],
    ['NOTIFY_WEBHOOK_URL', 'NOTIFY_WEBHOOK_URL_FILE'],
    ['NOTIFY_WEBHOOK_SECRET', 'NOTIFY_WEBHOOK_SECRET_FILE'],
  ];
  for (const [value, file] of conflicting) {
    it(`${value} rules ${file} out`, () => {
      const environment = { NOVITA_API_KEY: key, [value]: 'https://example.com/Canary', [file]: '/run/x' };
      const readTextFile = readerOf({ '/run/x': 'https://example.com/Canary' });
      expect(errorOf(sourcesWith({ environment, readTextFile })).problems).to.deep.equal([
        { variable: value, message: `is set together with ${file}: unset one of them` },
      ]);
    });
  }

  describe('NOTIFY_FORMAT', () => {
    const formats: readonly (readonly [string, string, string])[] = [
      ['https://hooks.slack.com/services/T/B/x', '', 'slack'],
      ['https://HOOKS.SLACK.COM/services/T/B/x', 'AUTO', 'slack'],
      ['https://discord.com/api/webhooks/1/x', '', 'discord'],
      ['https://discordapp.com/api/webhooks/1/x', '', 'discord'],
      ['https://hooks.slack.com.example.com/x', '', 'json'],
      ['https://notdiscord.com/x', '', 'json'],
      ['https://example.com/hooks.slack.com', '', 'json'],
      ['https://hooks.slack.com@example.com/x', '', 'json'],
      ['https://example.com/x', 'Slack', 'slack'],
      ['https://hooks.slack.com/x', 'json', 'json'],
      ['https://discord.com/x', 'slack', 'slack'],
    ];
    for (const [url, wanted, expected] of formats) {
      it(`${wanted === '' ? 'unset' : wanted} for ${url} is ${expected}`, () => {
        const { webhook } = reportingWith({ NOTIFY_WEBHOOK_URL: url, NOTIFY_FORMAT: wanted });
        expect(webhook?.format).to.equal(expected);
      });
    }
    it('refuses what it does not know', () => {
      expect(messageFor('NOTIFY_FORMAT', 'teams')).to.include('must be one of auto, json, slack, discord');
    });
  });

  describe('NOTIFY_ON', () => {
    const all = ['reclaim_notice', 'migrated', 'recovered', 'failed', 'quarantined', 'run_failed'];
    const accepted: readonly (readonly [string, readonly string[]])[] = [
      ['', all],
      ['run_failed', ['run_failed']],
      [' Run_Failed ,, RECOVERED,', ['recovered', 'run_failed']],
      ['failed,failed', ['failed']],
      [all.join(','), all],
    ];
    for (const [value, expected] of accepted) {
      it(`takes ${JSON.stringify(value)}`, () => {
        const { notifyOn } = reportingWith({ NOTIFY_ON: value });
        expect(notifyOn).to.deep.equal(expected);
        expect(notifyOn).to.be.frozen;
      });
    }
    for (const value of ['fail', 'failed;migrated', ',', ' ', 'failed,all', 'toString']) {
      it(`refuses ${JSON.stringify(value)}`, () => {
        expect(messageFor('NOTIFY_ON', value)).to.include(
          `must be a comma-separated list of ${all.join(', ')}`,
        );
      });
    }
  });

  describe('MIGRATION_METRICS_FILE', () => {
    for (const path of ['/metrics/a.prom', 'relative.prom', '/with space/é']) {
      it(`takes ${path}`, () =>
        expect(reportingWith({ MIGRATION_METRICS_FILE: path }).metricsFile).to.equal(path));
    }
    for (const path of ['/a/folder/', '/a\x1b[2J', '/a\n']) {
      it(`refuses ${JSON.stringify(path)}`, () => {
        expect(messageFor('MIGRATION_METRICS_FILE', path)).to.match(/^must be the path of a file/);
      });
    }
  });

  describe('NOTIFY_WEBHOOK_SECRET', () => {
    for (const value of ['Canary Canary', 'Canary\n', '"Canary"', 'Canaryé']) {
      it(`refuses ${JSON.stringify(value)}, without repeating it`, () => {
        const message = messageFor('NOTIFY_WEBHOOK_SECRET', value);
        expect(message)
          .to.match(/secret|line break/)
          .and.not.include('Canary');
      });
    }
  });
});

describe('config: the place for the name of the account', () => {
  const filled = { metricsFile: '/m/{account}.prom', pingUrl: 'https://hc/{account}/{account}' };
  const reporting: Reporting = { ...reportingOf({}), ...filled, pushgatewayUrl: 'https://p/{account}' };

  it('is filled wherever it stands in the file and the URL to ping', () => {
    expect(reportingFor(reporting, 'blue.1')).to.deep.equal({
      ...reporting,
      metricsFile: '/m/blue.1.prom',
      pingUrl: 'https://hc/blue.1/blue.1',
    });
  });

  for (const name of [null, 'a?b', '', '..', 'a/b']) {
    it(`leaves out what needs a name that is fit for a path: ${JSON.stringify(name)}`, () => {
      const plain = { ...reporting, metricsFile: '/m/all.prom' };
      expect(reportingFor(plain, name)).to.deep.equal({ ...plain, pingUrl: null });
    });
  }

  it('is known by its braces', () => {
    expect([null, '', '{Account}', 'account', 'a{account}b'].map(needsAccount)).to.deep.equal([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  const several = { NOVITA_ACCOUNTS_DIR: '/accounts' };
  const one = { ...several, NOVITA_ACCOUNT: 'blue' };
  const named = { NOVITA_API_KEY: key, NOVITA_ACCOUNT: 'blue' };
  const nameless = { NOVITA_API_KEY: key };
  const must = 'must hold {account}, or each account would overwrite the one before it';
  const none = 'holds {account}, but there is none: set NOVITA_ACCOUNT or NOVITA_ACCOUNTS_DIR';
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, boolean, string | null])[] = [
    ['several accounts, with a place', several, true, null],
    ['several accounts, without a place', several, false, must],
    ['the account at an index, without a place', { ...several, NOVITA_ACCOUNT_INDEX: '0' }, false, must],
    ['one account of several, with a place', one, true, null],
    ['one account of several, without a place', one, false, null],
    ['an account with a name, with a place', named, true, null],
    ['an account with a name, without a place', named, false, null],
    ['an account without a name, with a place', nameless, true, none],
    ['an account without a name, without a place', nameless, false, null],
  ];
  const places: readonly (readonly [VariableName, string, string])[] = [
    ['MIGRATION_METRICS_FILE', '/m/{account}.prom', '/m/all.prom'],
    ['HEALTHCHECK_PING_URL', 'https://hc.example.com/{account}', 'https://hc.example.com/all'],
    ['HEALTHCHECK_PING_URL_FILE', '/run/placed', '/run/plain'],
  ];
  const readTextFile = readerOf({
    '/run/placed': 'https://hc.example.com/{account}\n',
    '/run/plain': 'https://hc.example.com/all\n',
  });
  for (const [variable, placed, plain] of places) {
    for (const [title, accounts, isPlaced, expected] of cases) {
      it(`${variable} of ${title}`, () => {
        const sources = sourcesWith({
          environment: { ...accounts, [variable]: isPlaced ? placed : plain },
          readTextFile,
        });
        if (expected === null) expect(loadConfig(sources).config).to.be.frozen;
        else expect(errorOf(sources).problems).to.deep.equal([{ variable, message: expected }]);
      });
    }
  }

  it('is not asked of a value that is wrong in another way', () => {
    const environment = { ...several, HEALTHCHECK_PING_URL: 'none', MIGRATION_METRICS_FILE: '/m/' };
    const { problems } = errorOf(sourcesWith({ environment }));
    expect(problems.map(({ message }) => message.slice(0, 10))).to.deep.equal(['must be th', 'must be an']);
  });
});

describe('config: secrets of those who are told', () => {
  it('are whole URLs, their paths, passwords and the secret', () => {
    expect(secretsOfReporting(reportingWith(everything))).to.have.members([
      everything.MIGRATION_PUSHGATEWAY_URL,
      'Canary',
      everything.HEALTHCHECK_PING_URL,
      '/Canary-Canary-Canary',
      hook,
      '/Canary/T1?token=Canary',
      'CanarySecret',
    ]);
  });

  it('are not paths so short that they would garble every text', () => {
    const urls = { MIGRATION_PUSHGATEWAY_URL: 'http://push:9091/', NOTIFY_WEBHOOK_URL: 'https://h/a' };
    expect(secretsOfReporting(reportingWith(urls))).to.deep.equal(['http://push:9091/', 'https://h/a']);
    expect(secretsOfReporting(reportingOf({}))).to.deep.equal([]);
  });

  it('are not in the description of the configuration', () => {
    const description = describeConfig(configWith(everything));
    expect(JSON.stringify(description)).not.to.include('Canary');
    expect(description).to.include({
      metricsFile: '/metrics/spot.prom',
      pushgatewayUrl: 'set (redacted)',
      pingUrl: 'set (redacted)',
      webhookUrl: 'set (redacted)',
      webhookFormat: 'json',
      notifyOn: 'migrated,failed',
    });
  });

  describe('of a configuration with problems', () => {
    const error = errorOf(
      sourcesWith({
        environment: {
          NOVITA_API_KEY: key,
          ...everything,
          MIGRATION_ENABLED: 'maybe',
          HEALTHCHECK_PING_URL: 'Canary',
          NOTIFY_ON: 'never',
        },
      }),
    );

    it('are those that are good, so that somebody is told of the others', () => {
      expect(error.problems.map(({ variable }) => variable)).to.deep.equal([
        'MIGRATION_ENABLED',
        'HEALTHCHECK_PING_URL',
        'NOTIFY_ON',
      ]);
      expect(error.reporting).to.deep.equal({
        metricsFile: '/metrics/spot.prom',
        pushgatewayUrl: everything.MIGRATION_PUSHGATEWAY_URL,
        pingUrl: null,
        webhook: { url: hook, secret: 'CanarySecret', format: 'json' },
        notifyOn: noticeTypes,
      });
    });

    it('never show when the error is printed', () => {
      const printed = [
        JSON.stringify(error),
        JSON.stringify(Object.assign({}, error)),
        inspect(error, { depth: null, showHidden: true, getters: false }),
        String(error),
        error.stack,
        Object.keys(error).join(),
      ];
      expect(printed.join('\n')).not.to.match(/Canary|example\.com/);
    });
  });
});
