import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { startRunLifetime } from '../../src/runtime/runLifetime.js';

const interrupted = failureOf('internal_error');

describe('startRunLifetime', () => {
  it('stops and cuts the run at its deadline', async () => {
    const lifetime = startRunLifetime({ timeoutMs: 5, drainMs: 60_000 });
    expect(lifetime.failure()).to.equal(null);
    await sleep(30);
    expect(lifetime.failure()?.code).to.equal('deadline_reached');
    expect(lifetime.stopping.aborted).to.equal(true);
    expect(lifetime.cut.reason).to.deep.equal(lifetime.failure());
    lifetime.end();
  });

  it('keeps the first reason', () => {
    const lifetime = startRunLifetime({ timeoutMs: 60_000, drainMs: 60_000 });
    lifetime.stop(interrupted);
    lifetime.interrupt(failureOf('deadline_reached'));
    expect(lifetime.failure()).to.equal(interrupted);
    lifetime.end();
  });

  it('does not cut what is in flight when the run only stops', () => {
    const lifetime = startRunLifetime({ timeoutMs: 60_000, drainMs: 60_000 });
    lifetime.stop(interrupted);
    expect(lifetime.cut.aborted).to.equal(false);
    lifetime.end();
  });

  it('lets work that must not be cut off end, for a while', async () => {
    const lifetime = startRunLifetime({ timeoutMs: 60_000, drainMs: 20 });
    const work = lifetime.drain(() => sleep(60, 'done'));
    lifetime.interrupt(interrupted);
    expect(lifetime.stopping.aborted).to.equal(true);
    expect(lifetime.cut.aborted).to.equal(false);
    await sleep(40);
    expect(lifetime.cut.aborted).to.equal(true);
    expect(await work).to.equal('done');
    lifetime.end();
  });

  it('cuts at once when that work is over', async () => {
    const lifetime = startRunLifetime({ timeoutMs: 60_000, drainMs: 60_000 });
    await lifetime.drain(() => Promise.resolve());
    await lifetime.drain(() => Promise.reject(new Error('failed'))).catch(() => undefined);
    lifetime.interrupt(interrupted);
    expect(lifetime.cut.aborted).to.equal(true);
    lifetime.end();
  });
});
