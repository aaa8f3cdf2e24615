import { expect } from 'chai';
import { type Reporting, reportingOf } from '../../src/config/reporting.js';
import type { VariableName } from '../../src/config/variables.js';
import { noticeTypes } from '../../src/core/notice.js';
import {
  errorOf,
  everybodyToTell,
  key,
  messageFor,
  reportingWith,
  sourcesWith,
  webhookUrl,
} from './fixtures.js';

describe('config: whom to tell', () => {
  it('is nobody by default, and everything worth telling', () => {
    expect(reportingOf({})).to.deep.equal({
      metricsFile: null,
      pushgatewayUrl: null,
      pingUrl: null,
      webhook: null,
      notifyOn: noticeTypes,
      onNotice: null,
    });
  });

  it('is everybody who was named, frozen', () => {
    const reporting = reportingWith(everybodyToTell);
    expect(reporting).to.deep.equal({
      metricsFile: '/metrics/spot.prom',
      pushgatewayUrl: everybodyToTell.MIGRATION_PUSHGATEWAY_URL,
      pingUrl: everybodyToTell.HEALTHCHECK_PING_URL,
      webhook: { url: webhookUrl, secret: 'CanarySecret', format: 'json' },
      notifyOn: ['migrated', 'failed'],
      onNotice: { program: '/opt/save', timeoutMs: 60_000 },
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
    it('may have a query, in which some take wishes', () => {
      const url = 'https://hc.example.com/key/slug?create=1';
      expect(reportingWith({ HEALTHCHECK_PING_URL: url }).pingUrl).to.equal(url);
    });
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
    const all = ['reclaim_notice', 'migrated', 'recovered', 'failed', 'quarantined', 'stuck', 'run_failed'];
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
    for (const value of ['whsec_Q2FuYXJ5', 'whsec_Q2FuYXI=', 'plain_Canary!']) {
      it(`takes ${value}`, () => {
        const given = { NOTIFY_WEBHOOK_URL: webhookUrl, NOTIFY_WEBHOOK_SECRET: value };
        expect(reportingWith(given).webhook?.secret).to.equal(value);
      });
    }
    for (const value of ['whsec_', 'whsec_!!!!', 'whsec_Canary!Canary', 'whsec_=']) {
      it(`refuses ${value}, whose key would be another or none at all`, () => {
        expect(messageFor('NOTIFY_WEBHOOK_SECRET', value))
          .to.include('after which it must be base64')
          .and.not.include('Canary');
      });
    }
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
