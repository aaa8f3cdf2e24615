import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/configError.js';

function load(url: string) {
  return loadConfig({
    environment: { NOVITA_API_KEY: 'the-key', NOVITA_ACCOUNT: 'team-a', MIGRATION_PUSHGATEWAY_URL: url },
    flags: {},
    envFile: null,
    sandbox: null,
    readTextFile: () => '',
    homeDirectory: '/home/nobody',
  });
}

describe('MIGRATION_PUSHGATEWAY_URL', () => {
  it('takes a path and credentials', () => {
    const { reporting } = load('https://user:pass@gateway.test/prefix/').config;
    expect(reporting.pushgatewayUrl).to.equal('https://user:pass@gateway.test/prefix');
  });

  for (const [title, url] of [
    ['a query, which a path cannot be added to', 'https://gateway.test/?token=canary'],
    ['a fragment', 'https://gateway.test/#canary'],
    ['another protocol', 'ftp://canary.test/'],
    ['no URL', 'canary'],
  ] as const) {
    it(`refuses ${title}, without repeating it`, () => {
      try {
        load(url);
      } catch (error) {
        expect(error).to.be.instanceOf(ConfigError);
        expect((error as ConfigError).account).to.equal('team-a');
        expect((error as ConfigError).message)
          .to.include('MIGRATION_PUSHGATEWAY_URL')
          .and.not.include('canary');
        return;
      }
      throw new Error('It was taken.');
    });
  }
});
