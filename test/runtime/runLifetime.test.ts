import { once } from 'node:events';
import { expect } from 'chai';
import { type ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import { startRunLifetime } from '../../src/runtime/runLifetime.js';
import { createVirtualClock } from '../support/virtualClock.js';

const interrupted = failureOf('interrupted');

describe('startRunLifetime', () => {
  it('stops and cuts the run at its deadline', async () => {
    const lifetime = startRunLifetime(60_000);
    lifetime.limitTo(5);
    expect(lifetime.failure()).to.equal(null);
    await once(lifetime.cut, 'abort');
    expect(lifetime.failure()?.code).to.equal('deadline_reached');
    expect(lifetime.stopping.aborted).to.equal(true);
    expect(lifetime.cut.reason).to.deep.equal(lifetime.failure());
    lifetime.end();
  });

  const dominant: readonly (readonly [readonly ErrorCode[], ErrorCode])[] = [
    [['interrupted', 'deadline_reached'], 'interrupted'],
    [['deadline_reached', 'terminated'], 'terminated'],
    [['circuit_open', 'terminated'], 'terminated'],
    [['terminated', 'auth_refused'], 'auth_refused'],
    [['circuit_open', 'deadline_reached'], 'deadline_reached'],
  ];
  for (const [codes, expected] of dominant) {
    it(`is ended by ${expected} when ${codes.join(' and ')} came together`, () => {
      const lifetime = startRunLifetime(60_000);
      for (const code of codes) lifetime.stop(failureOf(code));
      expect(lifetime.failure()?.code).to.equal(expected);
      lifetime.end();
    });
  }

  it('does not cut what is in flight when the run only stops', () => {
    const lifetime = startRunLifetime(60_000);
    lifetime.stop(interrupted);
    expect(lifetime.stopping.aborted).to.equal(true);
    expect(lifetime.cut.aborted).to.equal(false);
    lifetime.end();
  });

  it('lets work that must not be cut off end, for a while', async () => {
    const clock = createVirtualClock();
    const lifetime = startRunLifetime(
      20,
      (ms, action) => clock.schedule(ms, action),
      () => clock.now(),
    );
    const work = lifetime.drain(() => clock.sleep(60));
    lifetime.interrupt(interrupted);
    expect(lifetime.stopping.aborted).to.equal(true);
    await clock.advance(19);
    expect(lifetime.cut.aborted).to.equal(false);
    await clock.advance(1);
    expect(lifetime.cut.aborted).to.equal(true);
    await clock.run(work);
    lifetime.end();
  });

  it('cuts such work at once when the run is abandoned', async () => {
    const lifetime = startRunLifetime(60_000);
    const work = lifetime.drain(() => new Promise<void>(setImmediate));
    lifetime.interrupt(interrupted);
    lifetime.abandon(interrupted);
    expect(lifetime.cut.aborted).to.equal(true);
    await work;
    lifetime.end();
  });

  it('cuts at once when that work is over', async () => {
    const lifetime = startRunLifetime(60_000);
    await lifetime.drain(() => Promise.resolve());
    await lifetime.drain(() => Promise.reject(new Error('failed'))).catch(() => undefined);
    lifetime.interrupt(interrupted);
    expect(lifetime.cut.aborted).to.equal(true);
    lifetime.end();
  });
});
