import { expect } from 'chai';
import type { Instance } from '../../src/core/instance.js';
import { useHttpMock } from '../support/httpMock.js';
import { instanceRow, instanceRows, testClient } from './fixtures.js';
import { askedPages, type ServedList, serveList, servePage } from './servedList.js';

const idsOf = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map(({ id }) => id);
const idsFromOneTo = (count: number): readonly string[] => instanceRows(1, count).map(({ id }) => String(id));

describe('novita: listing', () => {
  const http = useHttpMock();

  const plain: readonly (readonly [string, number, number])[] = [
    ['an empty account', 0, 1],
    ['one instance', 1, 1],
    ['99 instances', 99, 1],
    ['exactly one page', 100, 1],
    ['101 instances', 101, 2],
    ['exactly two pages', 200, 2],
    ['three pages', 250, 3],
    ['ten pages', 1000, 10],
  ];
  for (const [title, count, requests] of plain) {
    it(`reads ${title} with as many requests as it takes: ${requests}`, async () => {
      serveList(http, { rows: instanceRows(1, count), requests });
      const { client, waits } = await testClient();
      const { rows, complete, warnings } = await client.listInstances();
      expect(idsOf(rows)).to.deep.equal(idsFromOneTo(count));
      expect({ complete, warnings }).to.deep.equal({ complete: true, warnings: [] });
      expect([...askedPages(http)].sort((a, b) => a - b)).to.deep.equal(
        Array.from({ length: requests }, (_, index) => index + 1),
      );
      expect(waits).to.deep.equal([]);
    });
  }

  it('tells of the instances of each page as they come: the very ones that it returns in the end', async () => {
    serveList(http, { rows: instanceRows(1, 250), requests: 3 });
    const { client } = await testClient();
    const told = new Set<Instance>();
    const { rows } = await client.listInstances(undefined, (page) => {
      expect(page).to.have.length.within(50, 100);
      for (const instance of page) told.add(instance);
    });
    expect(rows).to.have.length(250);
    expect(rows.filter((instance) => !told.has(instance))).to.deep.equal([]);
  });

  it('reads an account whose empty list is null', async () => {
    servePage(http, 1, { instances: null, total: 0 });
    const { client } = await testClient();
    expect(await client.listInstances()).to.deep.equal({ rows: [], complete: true, warnings: [] });
  });

  it('reads the jobs in the same way', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => ({ Id: `j-${index}`, instanceId: 'i-1' }));
    serveList(http, { path: '/jobs', rows, requests: 2 });
    const { client } = await testClient();
    const { rows: jobs, complete } = await client.listJobs();
    expect(idsOf(jobs)).to.deep.equal(rows.map(({ Id }) => Id));
    expect(complete).to.equal(true);
  });

  it('does not take the total of the jobs at its word when it may be that of the page', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => ({ Id: `j-${index}`, instanceId: 'i-1' }));
    serveList(http, { path: '/jobs', rows, total: (page) => page.length, requests: 4 });
    const { client } = await testClient();
    const { rows: jobs, complete } = await client.listJobs();
    expect(jobs).to.have.length(150);
    expect(complete).to.equal(false);
  });

  it('does not take an empty page past the end for a change of the total', async () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ Id: `j-${index}`, instanceId: 'i-1' }));
    serveList(http, { path: '/jobs', rows, total: (page) => page.length, requests: 2 });
    const { client } = await testClient();
    const { rows: jobs, complete } = await client.listJobs();
    expect(jobs).to.have.length(100);
    expect(complete).to.equal(true);
  });

  it('tells jobs without an id apart by what they say', async () => {
    const rows = [
      { instanceId: 'i-1', createdAt: '1782800000' },
      { instanceId: 'i-1', createdAt: '1782800001' },
      { instanceId: 'i-2', createdAt: '1782800000' },
    ];
    serveList(http, { path: '/jobs', rows, requests: 1 });
    const { client } = await testClient();
    expect((await client.listJobs()).rows).to.have.length(3);
  });

  const badRows: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['text', 'i-3'],
    ['a row without an id', { status: 'exited' }],
    ['a row without a status', { id: 'i-3' }],
    ['a row whose reclaim time is no text', { ...instanceRow(3), spotReclaimTime: { seconds: 1 } }],
    ['a row with an escape code in its id', { ...instanceRow(3), id: 'i-3\u001b[2J' }],
  ];
  for (const [title, bad] of badRows) {
    it(`leaves out ${title}, says so, and keeps the rest of the page`, async () => {
      serveList(http, { rows: [instanceRow(1), bad, instanceRow(2)], requests: 1 });
      const { client } = await testClient();
      const { rows, complete, warnings } = await client.listInstances();
      expect(idsOf(rows)).to.deep.equal(['i-1', 'i-2']);
      expect(complete).to.equal(false);
      expect(warnings).to.deep.equal(['1 of the instances could not be understood and were left out.']);
    });
  }

  const odd: readonly (readonly [string, ServedList])[] = [
    ['whose total is text', { rows: instanceRows(1, 250), total: () => '250', requests: 3 }],
    ['without a total', { rows: instanceRows(1, 250), total: () => undefined, requests: 4 }],
    ['without a total on exactly two pages', { rows: instanceRows(1, 200), total: () => null, requests: 3 }],
    ['without a total on part of a page', { rows: instanceRows(1, 30), total: () => null, requests: 2 }],
    ['whose total is garbage', { rows: instanceRows(1, 250), total: () => 'many', requests: 4 }],
    ['with smaller pages', { rows: instanceRows(1, 120), pageSize: 50, requests: 3 }],
    [
      'with smaller pages and no total',
      { rows: instanceRows(1, 120), pageSize: 50, total: () => undefined, requests: 4 },
    ],
    [
      'whose rows are all there twice',
      { rows: [...instanceRows(1, 9), ...instanceRows(1, 9)], total: () => 9, requests: 1 },
    ],
  ];
  for (const [title, list] of odd) {
    it(`reads a list ${title}`, async () => {
      serveList(http, list);
      const { client } = await testClient();
      const { rows, complete, warnings } = await client.listInstances();
      expect(idsOf(rows)).to.deep.equal([...new Set(list.rows.map((row) => (row as { id: string }).id))]);
      expect({ complete, warnings }).to.deep.equal({ complete: true, warnings: [] });
    });
  }
});
