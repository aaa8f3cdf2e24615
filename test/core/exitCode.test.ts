import { expect } from 'chai';
import fc from 'fast-check';
import { dominantReason, exitCodes, type ExitReason, exitReasonName } from '../../src/core/exitCode.js';

const reasons = Object.keys(exitCodes) as ExitReason[];

describe('exit codes', () => {
  it('are those of the contract', () => {
    expect(exitCodes).to.deep.equal({
      ok: 0,
      internal: 1,
      changes: 2,
      partial: 20,
      failed: 21,
      usage: 64,
      unavailable: 69,
      state: 73,
      output: 74,
      locked: 75,
      protocol: 76,
      auth: 77,
      config: 78,
      deadline: 124,
      hangup: 129,
      interrupted: 130,
      terminated: 143,
    });
  });

  it('have one name for every signal, and one for each other reason', () => {
    for (const reason of reasons) {
      const name = reason === 'terminated' || reason === 'hangup' ? 'interrupted' : reason;
      expect(exitReasonName(reason)).to.equal(name);
    }
  });
});

describe('dominantReason', () => {
  /** The order of the contract; a bug, which it does not name, comes before everything. */
  const order: readonly ExitReason[] = [
    'internal',
    'config',
    'usage',
    'locked',
    'state',
    'auth',
    'interrupted',
    'terminated',
    'hangup',
    'deadline',
    'protocol',
    'unavailable',
    'failed',
    'partial',
    'output',
    'changes',
    'ok',
  ];

  it('knows every reason', () => expect(order).to.have.members(reasons));

  for (const [index, winner] of order.entries()) {
    it(`prefers ${winner} to all that come after it, in whatever order they are given`, () => {
      for (const loser of order.slice(index)) {
        expect(dominantReason([loser, winner]), loser).to.equal(winner);
        expect(dominantReason([winner, loser]), loser).to.equal(winner);
      }
    });
  }

  it('is the first one in the order that is given at all', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...order), { minLength: 1 }), (given) => {
        expect(dominantReason(given)).to.equal(order.find((reason) => given.includes(reason)));
      }),
    );
  });

  it('is ok without a reason', () => expect(dominantReason([])).to.equal('ok'));
  it('takes a set as well', () => {
    expect(dominantReason(new Set<ExitReason>(['ok', 'failed']))).to.equal('failed');
  });
});
