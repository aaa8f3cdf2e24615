import { expect } from 'chai';
import { createRequestTally } from '../../src/composition/requestTally.js';
import { aResult } from '../support/builders.js';

type Sent = readonly ['GET' | 'POST', boolean];

describe('createRequestTally', () => {
  const cases: readonly (readonly [string, readonly Sent[], readonly number[], readonly number[]])[] = [
    ['nothing', [], [], [0, 0, 0]],
    [
      'reads',
      [
        ['GET', false],
        ['GET', false],
      ],
      [],
      [2, 0, 0],
    ],
    [
      'a read that was tried again',
      [
        ['GET', false],
        ['GET', true],
        ['GET', true],
      ],
      [],
      [3, 0, 2],
    ],
    [
      'a request for each of two instances',
      [
        ['POST', false],
        ['POST', false],
      ],
      [1, 1],
      [0, 2, 0],
    ],
    [
      'requests that were sent again',
      [
        ['POST', false],
        ['POST', false],
        ['POST', false],
      ],
      [2, 1],
      [0, 3, 1],
    ],
    ['instances without a request', [], [0, 0], [0, 0, 0]],
    [
      'both kinds of repeats',
      [
        ['GET', false],
        ['GET', true],
        ['POST', false],
        ['POST', false],
      ],
      [2, 0],
      [2, 2, 2],
    ],
  ];
  for (const [title, sent, attempts, [get, post, retries]] of cases) {
    it(`counts ${title}`, () => {
      const tally = createRequestTally();
      for (const [method, isRetry] of sent) tally.onRequest(method, isRetry);
      const results = attempts.map((each) => aResult({ attempts: each }));
      const expected = { get, post, retries };
      expect(tally.counts(results)).to.deep.equal(expected);
      expect(tally.counts(results), 'asked again').to.deep.equal(expected);
    });
  }

  it('keeps the counts of several runs apart', () => {
    const [one, other] = [createRequestTally(), createRequestTally()];
    one.onRequest('GET', true);
    expect(other.counts([])).to.deep.equal({ get: 0, post: 0, retries: 0 });
  });
});
