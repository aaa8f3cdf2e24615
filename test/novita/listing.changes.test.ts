import { expect } from 'chai';
import { useHttpMock } from '../support/httpMock.js';
import { instanceRow, instanceRows, testClient } from './fixtures.js';
import { askedPages, type ServedList, serveList, servePage } from './servedList.js';

const rows = instanceRows(1, 250);

describe('novita: a list that does not add up', () => {
  const http = useHttpMock();

  const wrongTotals: readonly (readonly [string, ServedList, number])[] = [
    ['too low', { rows, total: () => 150, requests: 6 }, 150],
    ['lower than a page', { rows, total: () => 1, requests: 6 }, 1],
    ['0', { rows: instanceRows(1, 30), total: () => 0, requests: 2 }, 0],
    ['too high', { rows, total: () => 260, requests: 6 }, 260],
    ['too high on part of a page', { rows: instanceRows(1, 30), total: () => 31, requests: 4 }, 31],
  ];
  for (const [title, list, total] of wrongTotals) {
    it(`is read once more and then called incomplete: a total that is ${title}`, async () => {
      serveList(http, list);
      const { client } = await testClient();
      const { rows: read, complete, warnings } = await client.listInstances();
      expect(read).to.have.length(list.rows.length);
      expect(complete).to.equal(false);
      expect(warnings).to.deep.equal([
        `The API counts ${total} instances but listed ${list.rows.length}, twice in a row; some may be missing.`,
      ]);
    });
  }

  it('is fine when the second reading is', async () => {
    servePage(http, 1, { instances: instanceRows(1, 100), total: 150 });
    // An instance was created meanwhile, and pushed the last row of the first page on to the second.
    servePage(http, 2, { instances: instanceRows(100, 150), total: 151 });
    servePage(http, 1, { instances: instanceRows(0, 99), total: 151 });
    servePage(http, 2, { instances: instanceRows(100, 150), total: 151 });
    const { client } = await testClient();
    const { rows: read, complete, warnings } = await client.listInstances();
    expect(read).to.have.length(151);
    expect({ complete, warnings }).to.deep.equal({ complete: true, warnings: [] });
  });

  it('is read once more when an instance vanished between two pages and took the place of another', async () => {
    servePage(http, 1, { instances: instanceRows(1, 100), total: 150 });
    // Instance 5 is gone, so 101 is now on the first page, which was read before that.
    servePage(http, 2, { instances: instanceRows(102, 150), total: 149 });
    const left = instanceRows(1, 150).filter(({ id }) => id !== 'i-5');
    servePage(http, 1, { instances: left.slice(0, 100), total: 149 });
    servePage(http, 2, { instances: left.slice(100), total: 149 });
    const { client } = await testClient();
    const { rows: read, complete } = await client.listInstances();
    expect(read.map(({ id }) => id)).to.deep.equal(left.map(({ id }) => id));
    expect(complete).to.equal(true);
  });

  it('is called incomplete when the second reading does not add up either', async () => {
    for (let reading = 0; reading < 2; reading += 1) {
      servePage(http, 1, { instances: instanceRows(1, 100), total: 150 });
      servePage(http, 2, { instances: instanceRows(100, 149), total: 150 });
    }
    const { client } = await testClient();
    const { rows: read, complete, warnings } = await client.listInstances();
    expect(read).to.have.length(149);
    expect(complete).to.equal(false);
    expect(warnings).to.have.length(1);
  });

  it('names both troubles when rows are unreadable as well', async () => {
    serveList(http, { rows: [instanceRow(1), null], total: () => 3, requests: 4 });
    const { client } = await testClient();
    expect((await client.listInstances()).warnings).to.deep.equal([
      '1 of the instances could not be understood and were left out.',
      'The API counts 3 instances but listed 2, twice in a row; some may be missing.',
    ]);
  });

  describe('of a server that sends the same page whatever it is asked for', () => {
    const samePage = (requests: number, total: unknown, page: readonly unknown[]): void => {
      http.api.get('/gpu/instances').query(true).times(requests).reply(200, { instances: page, total });
    };

    it('is read twice, in few requests, when the total tells that rows are missing', async () => {
      samePage(8, 250, instanceRows(1, 100));
      const { client } = await testClient();
      const { rows: read, complete } = await client.listInstances();
      expect(read).to.have.length(100);
      expect(complete).to.equal(false);
      expect(Math.max(...askedPages(http))).to.equal(4);
    });

    it('is over at the first page without a new row', async () => {
      samePage(2, undefined, instanceRows(1, 100));
      const { client } = await testClient();
      expect((await client.listInstances()).rows).to.have.length(100);
    });

    it('is over at the first page without a new row, although the page holds an unreadable one', async () => {
      samePage(2, undefined, [instanceRow(1), null]);
      http.api.get('/gpu/instances').query(true).optionally().reply(401);
      const { client } = await testClient();
      const { rows: read, warnings } = await client.listInstances();
      expect(read).to.have.length(1);
      expect(warnings).to.deep.equal(['1 of the instances could not be understood and were left out.']);
    });
  });
});
