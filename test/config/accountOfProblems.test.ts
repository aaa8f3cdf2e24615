import { expect } from 'chai';
import { errorOf, sourcesWith } from './fixtures.js';

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
});
