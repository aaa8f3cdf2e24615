import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { withUnknownHint } from '../../src/core/unknownHint.js';

describe('withUnknownHint', () => {
  const unknown = [{ outcome: 'migrated' }, { outcome: 'unknown' }] as const;

  for (const code of ['interrupted', 'terminated', 'circuit_open'] as const) {
    it(`has the operator look at what is unknown after a run that ended early: ${code}`, () => {
      const failure = failureOf(code);
      expect(withUnknownHint(failure, unknown).nextStep).to.match(/^Look with "novita-spot check"/);
      expect(withUnknownHint(failure, [{ outcome: 'not_started' }, { outcome: null }])).to.equal(failure);
    });
  }

  it('leaves a step that has to be taken where it is', () => {
    for (const code of ['auth_refused', 'deadline_reached'] as const) {
      const failure = failureOf(code);
      expect(withUnknownHint(failure, unknown)).to.equal(failure);
    }
  });
});
