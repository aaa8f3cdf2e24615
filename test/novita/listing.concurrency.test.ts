import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { type HttpMock, useHttpMock } from '../support/httpMock.js';
import { instanceRows, testClient } from './fixtures.js';

/** Answers slowly, and counts how many requests are in flight at once. */
function serveSlowly(http: HttpMock, pages: number): { readonly most: () => number } {
  let inFlight = 0;
  let most = 0;
  http.api
    .get('/gpu/instances')
    .query(true)
    .times(pages)
    .reply(async (uri) => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await pause(5);
      inFlight -= 1;
      const number = Number(new URLSearchParams(uri.split('?')[1]).get('pageNum'));
      const last = number * 100;
      return [200, { instances: instanceRows(last - 99, last), total: pages * 100 }];
    });
  return { most: () => most };
}

async function warningsDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  const warnings: string[] = [];
  const keep = ({ message }: Error): void => {
    warnings.push(message);
  };
  process.on('warning', keep);
  try {
    await work();
    await pause(1);
    return warnings;
  } finally {
    process.off('warning', keep);
  }
}

describe('novita: pages in flight', () => {
  const http = useHttpMock();

  for (const pageConcurrency of [1, 2, 5]) {
    it(`are as many as the limit allows: ${pageConcurrency}`, async () => {
      const { most } = serveSlowly(http, 8);
      const { client } = await testClient({ pageConcurrency });
      expect((await client.listInstances()).rows).to.have.length(800);
      expect(most()).to.equal(pageConcurrency);
    });
  }

  it('become fewer by themselves when the API says that they are too many', async () => {
    const pages = 30;
    let inFlight = 0;
    const seen: { readonly inFlight: number; readonly isRefused: boolean }[] = [];
    http.api
      .get('/gpu/instances')
      .query(true)
      .times(pages + 8)
      .optionally()
      .reply(async (uri) => {
        inFlight += 1;
        const isRefused = inFlight > 3;
        seen.push({ inFlight, isRefused });
        await pause(40);
        inFlight -= 1;
        if (isRefused) return [429, { reason: 'RATE_LIMIT_EXCEEDED' }];
        const last = Number(new URLSearchParams(uri.split('?')[1]).get('pageNum')) * 100;
        return [200, { instances: instanceRows(last - 99, last), total: pages * 100 }];
      });
    const { client, waits } = await testClient({ pageConcurrency: 8 });
    const { rows, complete } = await client.listInstances();
    expect(rows.map(({ id }) => id)).to.deep.equal(instanceRows(1, pages * 100).map(({ id }) => id));
    expect(complete).to.equal(true);
    expect(Math.max(...seen.map(({ inFlight: count }) => count))).to.equal(8);
    // From 8 to 4 at the first refusal, from 4 to 2 at the next, and then there is room for all. One that comes late
    // halves it once more.
    const refused = seen.filter(({ isRefused }) => isRefused).length;
    expect(refused).to.be.within(5, 8);
    expect(waits).to.have.length(refused);
    expect(Math.max(...seen.slice(-20).map(({ inFlight: count }) => count))).to.be.within(1, 2);
  });

  it('arrive in any order, and the rows still stand in that of the list', async () => {
    http.api
      .get('/gpu/instances')
      .query(true)
      .times(5)
      .reply(async (uri) => {
        const number = Number(new URLSearchParams(uri.split('?')[1]).get('pageNum'));
        await pause(15 - 3 * number);
        return [200, { instances: instanceRows(number * 100 - 99, number * 100), total: 500 }];
      });
    const { client } = await testClient();
    const { rows } = await client.listInstances();
    expect(rows.map(({ id }) => id)).to.deep.equal(instanceRows(1, 500).map(({ id }) => id));
  });

  it('make Node warn of nothing at the highest limit', async () => {
    serveSlowly(http, 33);
    const { client } = await testClient({ pageConcurrency: 32 });
    expect(await warningsDuring(() => client.listInstances())).to.deep.equal([]);
  });
});
