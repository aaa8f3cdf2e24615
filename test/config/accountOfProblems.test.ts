import { expect } from 'chai';
import { errorOf, key, sourcesWith } from './fixtures.js';

describe('The account of a configuration that is wrong', () => {
  for (const [title, account, expected] of [
    ['is kept', 'team-a', 'team-a'],
    ['is not kept when it looks like a key', 'sk_canary', null],
    ['is not kept when it is as long as a key', 'canary-0123456789', null],
  ] as const) {
    it(title, () => {
      const environment = { NOVITA_ACCOUNT: account };
      expect(errorOf(sourcesWith({ environment })).account).to.equal(expected);
    });
  }

  it('is refused when it holds the key, which metrics would show', () => {
    const environment = { NOVITA_API_KEY: key, NOVITA_ACCOUNT: `my-${key}` };
    const { account, message } = errorOf(sourcesWith({ environment }));
    expect(account).to.equal(null);
    expect(message).to.include('NOVITA_ACCOUNT: holds a key or another secret').and.not.include(key);
  });

  it('is refused when it is the key of a file', () => {
    const environment = { NOVITA_API_KEY_FILE: '/key', NOVITA_ACCOUNT: key };
    const { message } = errorOf(sourcesWith({ environment, readTextFile: () => `${key}\n` }));
    expect(message).to.include('NOVITA_ACCOUNT: holds a key').and.not.include(key);
  });
});
