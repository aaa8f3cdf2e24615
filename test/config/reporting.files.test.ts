import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import type { VariableName } from '../../src/config/variables.js';
import { errorOf, key, nodeError, readerOf, sourcesWith, webhookUrl } from './fixtures.js';

const wrongUrl = 'must be an http:// or https:// URL';

describe('config: whom to tell, from files', () => {
  const files = {
    HEALTHCHECK_PING_URL_FILE: '/run/ping',
    NOTIFY_WEBHOOK_URL_FILE: '/run/hook',
    NOTIFY_WEBHOOK_SECRET_FILE: '/run/secret',
  };
  const texts = {
    '/run/ping': 'https://hc.example.com/Canary\n',
    '/run/hook': `${webhookUrl}\r\n`,
    '/run/secret': 'CanarySecret\n',
  };

  it('are read', () => {
    const environment = { NOVITA_API_KEY: key, ...files };
    const { config } = loadConfig(sourcesWith({ environment, readTextFile: readerOf(texts) }));
    expect(config.reporting).to.deep.include({
      pingUrl: 'https://hc.example.com/Canary',
      webhook: { url: webhookUrl, secret: 'CanarySecret', format: 'json' },
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
        const { problems } = errorOf(sourcesWith({ environment, readTextFile: readerOf({ [path]: text }) }));
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
