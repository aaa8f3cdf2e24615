import { expect } from 'chai';
import { loadConfig } from '../../src/config/config.js';
import { needsAccount, type Reporting, reportingFor, reportingOf } from '../../src/config/reporting.js';
import type { VariableName } from '../../src/config/variables.js';
import { errorOf, key, readerOf, sourcesWith } from './fixtures.js';

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
