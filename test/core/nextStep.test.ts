import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { errorCatalogue } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import { nextStepOf } from '../../src/core/nextStep.js';
import { type Outcome, outcomes } from '../../src/core/outcome.js';

const done: readonly Outcome[] = ['migrated', 'recovered', 'started', 'would_migrate'];

describe('nextStepOf', () => {
  const cases: readonly (readonly [Outcome | null, ErrorCode | null, string | null])[] = [
    [null, null, null],
    ['migrated', null, null],
    ['no_capacity', 'no_capacity', errorCatalogue.no_capacity.nextStep],
    ['rejected', 'incompatible', errorCatalogue.incompatible.nextStep],
    ['rejected', 'balance_too_low', errorCatalogue.balance_too_low.nextStep],
    ['not_started', 'instance_changed', errorCatalogue.instance_changed.nextStep],
    ['failed', 'network_unreachable', errorCatalogue.network_unreachable.nextStep],
  ];
  for (const [outcome, code, expected] of cases) {
    it(`is ${expected === null ? 'nothing' : 'that of the error'} for ${String(outcome)}, ${String(code)}`, () => {
      const failure = code === null ? null : failureOf(code);
      expect(nextStepOf({ outcome, failure }, 'i-1')).to.equal(expected);
    });
  }

  it('is a sentence for every outcome that leaves something to do', () => {
    for (const outcome of outcomes) {
      const step = nextStepOf({ outcome, failure: null }, 'i-1');
      if (done.includes(outcome)) expect(step, outcome).to.equal(null);
      else expect(step, outcome).to.match(/^[A-Z].*\.$/);
    }
  });

  it('never says of an unknown outcome that a later run tries again, whatever its error says', () => {
    for (const code of Object.keys(errorCatalogue) as ErrorCode[]) {
      const step = nextStepOf({ outcome: 'unknown', failure: failureOf(code) }, 'i-7');
      expect(step, code).to.include('"novita-spot check i-7"').and.not.include('tries again');
    }
  });

  it('puts no id into a command that a shell would take for something else', () => {
    const step = nextStepOf({ outcome: 'unknown', failure: null }, '$(reboot)');
    expect(step).to.include('"novita-spot check"').and.not.include('reboot');
  });
});
