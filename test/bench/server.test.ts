import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { instancesPage, reclaimedIds, rowBytes } from '../../bench/server/fleet.js';
import { apiKey } from '../../bench/server/scenario.js';
import { createBenchServer } from '../../bench/server/server.js';

interface Page {
  readonly instances: readonly { readonly id: string }[];
  readonly total: number;
}

describe('bench: the fleet', () => {
  for (const [size, reclaimed] of [
    [1, 0],
    [1, 1],
    [100, 10],
    [250, 250],
    [1_000, 3],
  ] as const) {
    it(`of ${size} has ${reclaimed} to migrate, each in a row of its own`, () => {
      const fleet = { size, reclaimed };
      const pages = Array.from(
        { length: Math.ceil(size / 100) },
        (_, index) => JSON.parse(instancesPage(fleet, index + 1, 100)) as Page,
      );
      const ids = pages.flatMap(({ instances }) => instances.map(({ id }) => id));
      expect(new Set(ids).size).to.equal(size);
      expect(ids).to.include.members([...reclaimedIds(fleet)]);
      expect(reclaimedIds(fleet)).to.have.length(reclaimed);
      expect(pages.every(({ total }) => total === size)).to.equal(true);
    });
  }

  it('has rows of the same weight, whatever they say', () => {
    const { instances } = JSON.parse(instancesPage({ size: 100, reclaimed: 30 }, 1, 100)) as Page;
    for (const row of instances) expect(JSON.stringify(row)).to.have.length(rowBytes);
  });
});

describe('bench: the server', () => {
  const bench = createBenchServer();
  let api = '';
  before(async () => {
    await new Promise<void>((resolve) => bench.server.listen(0, '127.0.0.1', resolve));
    const { port } = bench.server.address() as AddressInfo;
    api = `http://127.0.0.1:${port}/gpu-instance/openapi/v1`;
  });
  after(() => {
    bench.server.close();
    bench.server.closeAllConnections();
  });

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${api}${path}`, { ...init, headers: { authorization: `Bearer ${apiKey}` } });

  it('counts what it is asked for, from zero in each scenario', async () => {
    bench.begin({ fleet: { size: 101, reclaimed: 1 }, delayMs: 0, slowEvery: 0 });
    const lengths: number[] = [];
    for (const page of [1, 2, 3]) {
      const answer = await ask(`/gpu/instances?pageSize=100&pageNum=${page}`);
      lengths.push(((await answer.json()) as Page).instances.length);
    }
    expect(lengths).to.deep.equal([100, 1, 0]);
    await ask('/jobs?pageSize=100&pageNum=1');
    await ask('/gpu/instance/migrate', { method: 'POST', body: '{"instanceId":"i-1"}' });
    await ask('/elsewhere');
    await fetch(`${api}/jobs`);
    const counted = { instancePages: 3, jobPages: 1, migrated: ['i-1'], refused: 2, mostAtOnce: 1 };
    expect(bench.counts()).to.deep.equal(counted);

    bench.begin({ fleet: { size: 1, reclaimed: 0 }, delayMs: 0, slowEvery: 0 });
    expect(bench.counts()).to.include({ instancePages: 0, refused: 0 });
  });
});
