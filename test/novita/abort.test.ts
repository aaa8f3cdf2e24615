import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import type { NovitaClient } from '../../src/novita/client.js';
import { systemClock } from '../../src/runtime/systemClock.js';
import { fakeClock } from '../support/fakeClock.js';
import { useHttpMock } from '../support/httpMock.js';
import { instanceRow, instanceRows, providerErrorOf, startMs, testClient } from './fixtures.js';

const neverAnswered = (): Promise<never> => new Promise(() => undefined);
const deadline = failureOf('deadline_reached', { detail: '1000 ms' });

describe('novita: the signal that ends a run', () => {
  const http = useHttpMock();
  const read = () => http.api.get('/gpu/instance').query({ instanceId: 'i-1' });

  it('ends a pause between two attempts, and the read with it', async () => {
    read().reply(429, '', { 'retry-after': '60' });
    const controller = new AbortController();
    const { client } = await testClient({ clock: systemClock, signal: controller.signal });
    setTimeout(() => controller.abort(deadline), 40);
    const { failure, effect } = await providerErrorOf(client.getInstance('i-1'));
    expect(failure).to.equal(deadline);
    expect(effect).to.equal('none');
  });

  it('ends a read whose pause was over when it came', async () => {
    read().reply(500);
    const controller = new AbortController();
    const clock = fakeClock(startMs, () => controller.abort(deadline));
    const { client } = await testClient({ clock, signal: controller.signal });
    expect((await providerErrorOf(client.getInstance('i-1'))).failure).to.equal(deadline);
  });

  it('is what a pause looks at', async () => {
    read().reply(500);
    read().reply(200, instanceRow(1));
    const { signal } = new AbortController();
    const given: unknown[] = [];
    const clock = fakeClock(startMs, (signalOfPause) => given.push(signalOfPause));
    const { client } = await testClient({ clock, signal });
    await client.getInstance('i-1');
    expect(given).to.deep.equal([signal]);
  });

  it('ends a read that waits for its answer, which is not sent again', async () => {
    const controller = new AbortController();
    read().reply(() => {
      controller.abort(deadline);
      return neverAnswered();
    });
    const { client, waits } = await testClient({ signal: controller.signal });
    expect((await providerErrorOf(client.getInstance('i-1'))).failure).to.equal(deadline);
    expect(waits).to.deep.equal([]);
  });

  it('ends a list with pages in flight', async () => {
    http.api
      .get('/gpu/instances')
      .query(true)
      .reply(200, { instances: instanceRows(1, 100), total: 1000 });
    const controller = new AbortController();
    const lastTwo = http.api.get('/gpu/instances').query(true).times(2);
    lastTwo.reply(() => {
      if (http.requests.length === 3) controller.abort(deadline);
      return neverAnswered();
    });
    const { client, waits } = await testClient({ signal: controller.signal, pageConcurrency: 2 });
    expect((await providerErrorOf(client.listInstances())).failure).to.equal(deadline);
    expect(waits).to.deep.equal([]);
  });

  it('ends a migrate request that waits for its answer', async () => {
    const controller = new AbortController();
    http.api.post('/gpu/instance/migrate').reply(() => {
      controller.abort(deadline);
      return neverAnswered();
    });
    const { client } = await testClient({ signal: controller.signal });
    expect((await providerErrorOf(client.migrateInstance('i-1'))).failure).to.equal(deadline);
  });

  it('lets nothing be sent once it has come', async () => {
    const { client } = await testClient({ signal: AbortSignal.abort(deadline) });
    for (const call of [
      client.listInstances(),
      client.listJobs(),
      client.getInstance('i-1'),
      client.migrateInstance('i-1'),
    ]) {
      const { failure, effect } = await providerErrorOf(call);
      expect(failure).to.equal(deadline);
      expect(effect).to.equal('none');
    }
    expect(http.requests).to.deep.equal([]);
  });

  for (const [title, call] of [
    ['one instance', (client: NovitaClient, signal: AbortSignal) => client.getInstance('i-1', signal)],
    ['the jobs', (client: NovitaClient, signal: AbortSignal) => client.listJobs(signal)],
  ] as const) {
    it(`may be another one for ${title}, which ends that read alone`, async () => {
      const controller = new AbortController();
      const cutOff = () => {
        controller.abort(deadline);
        return neverAnswered();
      };
      http.api.get(/\/(jobs|gpu\/instance)\?/).reply(cutOff);
      read().reply(200, instanceRow(1));
      const { client } = await testClient();
      expect((await providerErrorOf(call(client, controller.signal))).failure).to.equal(deadline);
      expect(await client.getInstance('i-1')).to.include({ id: 'i-1' });
    });
  }

  it('is listened to by nobody when no request is left', async () => {
    read().times(3).reply(200, instanceRow(1));
    read().replyWithError(Object.assign(new Error('no'), { code: 'ECONNRESET' }));
    http.api.post('/gpu/instance/migrate').reply(200, '');
    const { signal } = new AbortController();
    const { client } = await testClient({ signal });
    for (let count = 0; count < 3; count += 1) await client.getInstance('i-1');
    read().reply(200, instanceRow(1));
    await client.getInstance('i-1');
    await client.migrateInstance('i-1');
    expect(getEventListeners(signal, 'abort')).to.deep.equal([]);
  });
});
