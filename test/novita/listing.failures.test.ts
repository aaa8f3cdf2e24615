import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { useHttpMock } from '../support/httpMock.js';
import { failureOfCall, instanceRows, startMs, testClient } from './fixtures.js';
import { askedPages, servePage } from './servedList.js';

const firstOfThree = { instances: instanceRows(1, 100), total: 250 };

describe('novita: a list of which a page cannot be read', () => {
  const http = useHttpMock();
  const page = (number: number) => http.api.get('/gpu/instances').query({ pageSize: '100', pageNum: number });

  type Unreadable = readonly [string, string, first?: ErrorCode, later?: ErrorCode];
  const unreadable: readonly Unreadable[] = [
    ['an empty object', '{}', 'wrong_address'],
    ['another answer', '{"models": [], "object": "list"}', 'wrong_address'],
    ['an error that is not called one', '{"message": "no"}'],
    ['null', 'null'],
    ['an empty list', '[]', 'wrong_address'],
    ['text', '"x"'],
    ['an object for rows', '{"instances": {}, "total": 0}'],
    ['rows under another name', '{"data": [{"id": "i-1"}], "total": 1}'],
    ['HTML', '<html><title>Welcome</title></html>', 'web_page_answer', 'web_page_answer'],
    ['nothing', ''],
    ['half of an answer', '{"instances": ['],
  ];
  for (const [title, body, first = 'unreadable_answer', later = 'unreadable_answer'] of unreadable) {
    it(`fails as a whole, at once: ${title} for the first page`, async () => {
      page(1).reply(200, body);
      const { client, waits } = await testClient();
      const failure = await failureOfCall(client.listInstances());
      expect(failure).to.include({ code: first, category: 'protocol', host: 'api.novita.test' });
      expect(failure.cause).to.match(
        /^api\.novita\.test: GET \/gpu-instance\/openapi\/v1\/gpu\/instances, HTTP 200/,
      );
      expect(waits).to.deep.equal([]);
    });

    it(`fails as a whole, at once: ${title} for a later page`, async () => {
      servePage(http, 1, firstOfThree);
      page(2).reply(200, body);
      servePage(http, 3, { instances: instanceRows(201, 250), total: 250 });
      const { client } = await testClient();
      expect(await failureOfCall(client.listInstances())).to.include({ code: later });
    });
  }

  it('fails as a whole when a later page goes on failing', async () => {
    servePage(http, 1, firstOfThree);
    page(2).times(4).reply(503);
    servePage(http, 3, { instances: instanceRows(201, 250), total: 250 });
    const { client } = await testClient();
    expect(await failureOfCall(client.listInstances())).to.include({ code: 'server_error', status: 503 });
  });

  it('is read to its end when a later page fails for a while', async () => {
    servePage(http, 1, firstOfThree);
    page(2).times(3).reply(503);
    servePage(http, 2, { instances: instanceRows(101, 200), total: 250 });
    servePage(http, 3, { instances: instanceRows(201, 250), total: 250 });
    const { client } = await testClient();
    const { rows, complete } = await client.listInstances();
    expect(rows).to.have.length(250);
    expect(complete).to.equal(true);
  });

  it('asks for no other page once it has failed', async () => {
    servePage(http, 1, { instances: instanceRows(1, 100), total: 1000 });
    page(2).reply(401);
    const { client } = await testClient({ pageConcurrency: 1 });
    expect(await failureOfCall(client.listInstances())).to.include({ code: 'auth_refused' });
    await pause(50);
    expect(askedPages(http)).to.deep.equal([1, 2]);
  });

  it('waits no longer to ask for a page again once another one has failed', async () => {
    servePage(http, 1, firstOfThree);
    page(2).reply(429, '', { 'retry-after': '60' });
    page(3).reply(async () => {
      await pause(20);
      return [401];
    });
    const givenUp: number[] = [];
    const sleep = (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) =>
        signal?.addEventListener('abort', () => {
          givenUp.push(ms);
          resolve();
        }),
      );
    const { client } = await testClient({ clock: { now: () => startMs, sleep } });
    expect(await failureOfCall(client.listInstances())).to.include({ code: 'auth_refused' });
    expect(givenUp).to.deep.equal([60_000]);
    await pause(10);
    expect(askedPages(http)).to.deep.equal([1, 2, 3]);
  });

  for (const [title, status, body, code, category] of [
    ['404', 404, '', 'wrong_address', 'protocol'],
    ['405', 405, '', 'wrong_address', 'protocol'],
    [
      '404 with a reason of the API',
      404,
      { reason: 'RESOURCE_NOT_FOUND', message: 'not found' },
      'request_rejected',
      'permanent',
    ],
    [
      '400 RESOURCE_NOT_FOUND',
      400,
      { reason: 'RESOURCE_NOT_FOUND', message: 'not found' },
      'request_rejected',
      'permanent',
    ],
  ] as const) {
    it(`does not take the list for an instance that is gone: ${title}`, async () => {
      page(1).reply(status, body);
      const { client } = await testClient();
      const failure = await failureOfCall(client.listInstances());
      expect(failure).to.include({ code, category, status });
      expect(failure.message).to.include(`HTTP ${status}`);
    });
  }
});
