import { createServer, get, type IncomingMessage } from 'node:http';
import { expect } from 'chai';
import { openHttpMock, type OpenHttpMock, useHttpMock } from '../support/httpMock.js';
import { useLoopback } from './loopback.js';
import { failureOfCall, instanceRow, testClient } from './fixtures.js';

async function withMock(work: (mock: OpenHttpMock) => Promise<void>): Promise<readonly string[]> {
  const mock = openHttpMock();
  try {
    await work(mock);
    return mock.problems();
  } finally {
    mock.close();
  }
}

describe('support: HTTP mock', () => {
  it('has nothing to complain about when every expectation is met once', async () => {
    const problems = await withMock(async ({ api, requests }) => {
      api.get('/gpu/instance').query({ instanceId: 'i-1' }).reply(200, instanceRow(1));
      const { client } = await testClient();
      await client.getInstance('i-1');
      expect(requests.map(({ method, path }) => [method, path])).to.deep.equal([
        ['GET', '/gpu/instance?instanceId=i-1'],
      ]);
    });
    expect(problems).to.deep.equal([]);
  });

  it('complains about a request that nothing expected', async () => {
    const problems = await withMock(async () => {
      const { client } = await testClient();
      await failureOfCall(client.migrateInstance('i-1'));
    });
    expect(problems).to.deep.equal([
      'Nothing expected the request POST /gpu-instance/openapi/v1/gpu/instance/migrate (1 times)',
    ]);
  });

  it('complains about requests beyond the one that was expected', async () => {
    const problems = await withMock(async ({ api }) => {
      api.get('/gpu/instance').query({ instanceId: 'i-1' }).reply(500);
      const { client } = await testClient();
      await failureOfCall(client.getInstance('i-1'));
    });
    expect(problems).to.deep.equal([
      'Nothing expected the request GET /gpu-instance/openapi/v1/gpu/instance?instanceId=i-1 (3 times)',
    ]);
  });

  it('complains about an expectation that nothing met', async () => {
    const problems = await withMock(async ({ api }) => {
      api.get('/jobs').reply(200, {});
      await Promise.resolve();
    });
    expect(problems).to.deep.equal([
      'Nothing sent the expected request GET https://api.novita.test:443/gpu-instance/openapi/v1/jobs',
    ]);
  });

  describe('in a block that uses it', () => {
    const http = useHttpMock();

    it('is open during a test', () => expect(http.requests).to.deep.equal([]));
  });

  describe('in a block that does not use it', () => {
    const listen = useLoopback();

    it('leaves real servers on loopback alone', async () => {
      const { url } = await listen(createServer((_request, response) => response.end('real')));
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(url, resolve).on('error', reject);
      });
      expect((await response.toArray()).join('')).to.equal('real');
    });
  });
});
