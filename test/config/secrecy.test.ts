import { expect } from 'chai';
import { describeConfig } from '../../src/config/describeConfig.js';
import { isHarmless } from '../../src/config/secrecy.js';
import { variableNames } from '../../src/config/variables.js';
import { configWith, errorOf, key, messageFor, readerOf, sourcesWith } from './fixtures.js';

const unlikelyPart = /Canary|Q7xZ|9wV3/;

describe('config: secrecy', () => {
  const shapes: readonly (readonly [string, string])[] = [
    ['the key', key],
    ['its start', key.slice(0, 9)],
    ['its end', key.slice(-9)],
    ['a middle', key.slice(5, 14)],
    ['more than the key', `x${key}x`],
    ['a part with something else', `Q7xZ-oops`],
    ['the key as a URL', `https://${key}@example.com/?${key}`],
    ['the key as a path', `/run/${key}`],
    ['the key as a pattern', `${key}[`],
  ];
  for (const [title, value] of shapes) {
    it(`keeps ${title} out of every message, in whatever variable it turns up`, () => {
      for (const name of variableNames) {
        const environment = { NOVITA_API_KEY: key, [name]: value, [`${name}_`]: value };
        const sources = sourcesWith({ environment: { ...environment, MIGRATION_ENABLED: value } });
        const error = errorOf(sources);
        const texts = [error.message, error.stack ?? '', JSON.stringify(error), ...error.warnings];
        if (name !== 'NOVITA_API_KEY') expect(texts.join('\n'), name).not.to.match(unlikelyPart);
        expect(texts.join('\n'), name).not.to.include(value);
      }
    });
  }

  it('keeps the key out wherever it comes from', () => {
    const all = Object.fromEntries(
      variableNames.filter((name) => !name.startsWith('NOVITA_API')).map((name) => [name, key.slice(3, 16)]),
    );
    const sandbox = { baseUrl: 'http://127.0.0.1:1', apiKey: key };
    const fromFile = { ...all, NOVITA_API_KEY_FILE: '/k' };
    const errors = [
      errorOf(sourcesWith({ environment: all, flags: { NOVITA_API_KEY: key } })),
      errorOf(sourcesWith({ environment: fromFile, readTextFile: readerOf({ '/k': `${key}\n` }) })),
      errorOf(sourcesWith({ environment: fromFile, readTextFile: readerOf({ '/k': `Bearer\n${key}` }) })),
      errorOf(
        sourcesWith({
          environment: all,
          envFile: 'f',
          readTextFile: readerOf({ f: `NOVITA_API_KEY=${key}` }),
        }),
      ),
      errorOf(sourcesWith({ environment: all, sandbox })),
      errorOf(
        sourcesWith({
          environment: { ...all, NOVITA_API_KEY: key },
          sandbox: { ...sandbox, apiKey: 'other' },
        }),
      ),
      errorOf(sourcesWith({ envFile: `/home/${key}/.env` })),
    ];
    for (const { message } of errors) expect(message).not.to.match(unlikelyPart);
  });

  it('repeats a rejected value only when it is certainly harmless', () => {
    expect(messageFor('MIGRATION_MAX_CONCURRENT', '15abc')).to.match(/\(got "15abc"\)$/);
    expect(messageFor('MIGRATION_MAX_CONCURRENT', 'x'.repeat(16))).to.include('xxx');
    expect(messageFor('MIGRATION_MAX_CONCURRENT', 'x'.repeat(17))).not.to.include('xxx');
    expect(messageFor('NOVITA_SPOT_STATE_DIR', 'relative')).not.to.include('relative');
  });

  const judged: readonly (readonly [string, string, readonly string[], boolean])[] = [
    ['short', '15abc', ['secret'], true],
    ['no secrets', 'maybe', [], true],
    ['an empty secret', 'maybe', [''], true],
    ['too long', 'x'.repeat(17), [], false],
    ['control character', 'a\nb', [], false],
    ['outside ASCII', 'é', [], false],
    ['looks like a key', 'SK-12', [], false],
    ['lies in a secret', 'cre', ['secret'], false],
    ['holds a secret', 'a-b', ['other', '-'], false],
    ['shares four characters', 'xcretx', ['secret'], false],
    ['shares three characters', 'xcrex', ['secret'], true],
  ];
  for (const [title, value, secrets, expected] of judged) {
    it(`${title}: ${expected ? 'harmless' : 'hidden'}`, () =>
      expect(isHarmless(value, secrets)).to.equal(expected));
  }
});

describe('config: description for the log', () => {
  it('shows everything but the key', () => {
    const config = configWith({
      MIGRATION_INCLUDE: 'a-*,b',
      MIGRATION_EXCLUDE: 'c',
      MIGRATION_DRY_RUN: 'yes',
    });
    const description = describeConfig(config);
    const { accounts, reporting, stateRoot, ...shown } = config;
    expect({ accounts, reporting: reporting.pingUrl }).to.deep.equal({ accounts: null, reporting: null });
    expect(stateRoot).to.equal(shown.stateDir);
    expect(description).to.deep.equal({
      ...shown,
      apiKey: 'set (redacted)',
      include: 'a-*,b',
      exclude: 'c',
    });
    expect(description).to.include({ dryRun: true, maxConcurrent: 5, logLevel: 'info' });
  });

  it('hides values that hold the key', () => {
    const environment = {
      MIGRATION_INCLUDE: `web,${key}`,
      NOVITA_SPOT_STATE_DIR: `/${key}`,
      NOVITA_API_BASE_URL: `https://h/${key}`,
    };
    const description = describeConfig(configWith(environment));
    expect(description).to.include({ include: '(redacted)', stateDir: '(redacted)', baseUrl: '(redacted)' });
    expect(JSON.stringify(description)).not.to.match(unlikelyPart);
  });
});
