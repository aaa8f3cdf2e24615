import { expect } from 'chai';
import { suggestAlternatives, type SuggestInput } from '../../src/commands/suggestAlternatives.js';
import { failureOf } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import { ProviderError } from '../../src/core/providerError.js';
import type { InstanceResult } from '../../src/core/summary.js';
import { aDecision } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { createVirtualClock } from '../support/virtualClock.js';
import { providerError } from './fakeProvider.js';
import { runControl } from './fakeRun.js';

const offers = [
  {
    productId: 'other',
    name: 'L40S',
    onDemandPerHour: 1,
    spotPerHour: 0.5,
    hasStock: true,
    regions: ['US-1'],
  },
];
const ended = (id: string, outcome: Outcome): InstanceResult => ({
  decision: aDecision({ id }),
  outcome,
  attempts: 1,
  failure: null,
});
const results = [ended('full', 'no_capacity'), ended('fine', 'migrated'), ended('lost', 'unknown')];

function setUp(readOffers: SuggestInput['readOffers']) {
  const clock = createVirtualClock(0);
  const { log, lines } = captureLog();
  const control = runControl();
  const run = (given: readonly InstanceResult[] = results) =>
    clock.run(suggestAlternatives(given, { readOffers, clock, log, control }));
  return { clock, lines, control, run };
}

describe('suggestAlternatives', () => {
  it('names what has stock for the instances without room, and for no other', async () => {
    const suggested = await setUp(() => Promise.resolve(offers)).run();
    expect(
      suggested.map(({ alternatives }) => alternatives?.map(({ productName }) => productName)),
    ).to.deep.equal([['L40S'], undefined, undefined]);
  });

  it('looks once for all instances of a kind, and for each kind by itself', async () => {
    const one = ended('one', 'no_capacity');
    const two = ended('two', 'no_capacity');
    const bigger = { ...one, decision: aDecision({ id: 'bigger', gpuCount: 4 }) };
    const [first, second, third] = await setUp(() => Promise.resolve(offers)).run([one, two, bigger]);
    expect(second?.alternatives).to.equal(first?.alternatives);
    expect([first, third].map((each) => each?.alternatives?.[0]?.pricePerHour)).to.deep.equal([0.5, 2]);
  });

  it('asks nothing where nobody wants that, nothing is without room, or the run is stopping', async () => {
    const asked = () => Promise.reject(new Error('asked'));
    expect(await setUp(null).run()).to.equal(results);
    const others = results.slice(1);
    expect(await setUp(asked).run(others)).to.equal(others);
    const { control, run } = setUp(asked);
    control.stop(failureOf('interrupted'));
    expect(await run()).to.equal(results);
  });

  for (const code of ['server_error', 'auth_refused', 'unreadable_answer'] as const) {
    it(`goes on without, and says why: ${code}`, async () => {
      const { run, lines, control } = setUp(() => Promise.reject(providerError(code, 'none')));
      expect(await run()).to.equal(results);
      expect(lines.map(({ event, fields }) => [event, fields['error']])).to.deep.equal([
        ['alternatives_unknown', code],
      ]);
      expect(control.failure()).to.equal(null);
    });
  }

  it('does not wait longer than five seconds', async () => {
    const { run, clock } = setUp(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () =>
            reject(new ProviderError(signal.reason as ReturnType<typeof failureOf>, 'none')),
          );
        }),
    );
    expect(await run()).to.equal(results);
    expect(clock.now()).to.equal(5_000);
  });
});
