import { expect } from 'chai';
import { pricePlan, type PricePlanInput } from '../../src/commands/pricePlan.js';
import { failureOf } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';
import { aDecision } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { createVirtualClock } from '../support/virtualClock.js';
import { providerError } from './fakeProvider.js';
import { runControl } from './fakeRun.js';

const products = [{ productId: 'product-1', onDemandPerHour: 0.4, spotPerHour: 0.2 }];

function setUp(readProducts: PricePlanInput['readProducts'], changes: Partial<PricePlanInput> = {}) {
  const clock = createVirtualClock(0);
  const { log, lines } = captureLog();
  const input = { readProducts, clock, log, control: runControl(), ...changes };
  return { clock, lines, run: () => clock.run(pricePlan([aDecision()], input)) };
}

/** Answers only when it is given up, as a server that hangs. */
function hanging(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () =>
      reject(new ProviderError(signal.reason as ReturnType<typeof failureOf>, 'none')),
    );
  });
}

describe('pricePlan', () => {
  it('knows what each instance costs', async () => {
    const { run } = setUp(() => Promise.resolve(products));
    expect([...(await run())]).to.deep.equal([['i-1', 0.2]]);
  });

  it('asks nothing where nobody is going to see it, nor for an empty plan', async () => {
    expect([...(await setUp(null).run())]).to.deep.equal([]);
    const { clock, log } = { clock: createVirtualClock(0), ...captureLog() };
    const readProducts = () => Promise.reject(new Error('asked'));
    expect([...(await pricePlan([], { readProducts, clock, log, control: runControl() }))]).to.deep.equal([]);
  });

  for (const code of ['server_error', 'auth_refused', 'unreadable_answer'] as const) {
    it(`goes on without prices, and says why: ${code}`, async () => {
      const { run, lines } = setUp(() => Promise.reject(providerError(code, 'none')));
      expect([...(await run())]).to.deep.equal([]);
      expect(lines.map(({ event, fields }) => [event, fields['error']])).to.deep.equal([
        ['prices_unknown', code],
      ]);
    });
  }

  it('does not wait longer than five seconds', async () => {
    const { run, clock } = setUp(hanging);
    expect([...(await run())]).to.deep.equal([]);
    expect(clock.now()).to.equal(5_000);
  });

  it('does not wait once the run is stopping', async () => {
    const control = runControl();
    const { run, clock } = setUp(
      (signal) => {
        queueMicrotask(() => control.stop(failureOf('interrupted')));
        return hanging(signal);
      },
      { control },
    );
    expect([...(await run())]).to.deep.equal([]);
    expect(clock.now()).to.equal(0);
  });

  it('does not hide a bug', async () => {
    const { run } = setUp(() => Promise.reject(new TypeError('a bug')));
    const error: unknown = await run().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(TypeError);
  });
});
