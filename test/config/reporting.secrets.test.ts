import { inspect } from 'node:util';
import { expect } from 'chai';
import { describeConfig } from '../../src/config/describeConfig.js';
import { reportingOf, secretsOfReporting } from '../../src/config/reporting.js';
import { noticeTypes } from '../../src/core/notice.js';
import {
  configWith,
  errorOf,
  everybodyToTell,
  key,
  reportingWith,
  sourcesWith,
  webhookUrl,
} from './fixtures.js';

describe('config: secrets of those who are told', () => {
  it('are whole URLs, their paths, passwords and the secret', () => {
    expect(secretsOfReporting(reportingWith(everybodyToTell))).to.have.members([
      everybodyToTell.MIGRATION_PUSHGATEWAY_URL,
      'Canary',
      everybodyToTell.HEALTHCHECK_PING_URL,
      '/Canary-Canary-Canary',
      webhookUrl,
      '/Canary/T1?token=Canary',
      'CanarySecret',
    ]);
  });

  it('are not paths so short that they would garble every text', () => {
    const urls = { MIGRATION_PUSHGATEWAY_URL: 'http://push:9091', NOTIFY_WEBHOOK_URL: 'https://h/a' };
    expect(secretsOfReporting(reportingWith(urls))).to.deep.equal(['http://push:9091', 'https://h/a']);
    expect(secretsOfReporting(reportingOf({}))).to.deep.equal([]);
  });

  it('are not in the description of the configuration', () => {
    const description = describeConfig(configWith(everybodyToTell));
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
          ...everybodyToTell,
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
        pushgatewayUrl: everybodyToTell.MIGRATION_PUSHGATEWAY_URL,
        pingUrl: null,
        webhook: { url: webhookUrl, secret: 'CanarySecret', format: 'json' },
        notifyOn: noticeTypes,
        onNotice: { program: '/opt/save', timeoutMs: 60_000 },
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
