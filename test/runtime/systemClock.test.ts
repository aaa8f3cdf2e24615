import { expect } from 'chai';
import { systemClock } from '../../src/runtime/systemClock.js';

describe('systemClock', () => {
  it('ends a sleep when the signal aborts', async () => {
    const controller = new AbortController();
    const slept = systemClock.sleep(60_000, controller.signal);
    controller.abort();
    await slept;
  });

  it('does not sleep when the signal has aborted', async () => {
    await systemClock.sleep(60_000, AbortSignal.abort());
  });

  it('sleeps without a signal', async () => {
    const before = systemClock.now();
    await systemClock.sleep(5);
    expect(systemClock.now()).to.be.at.least(before + 4);
  });
});
