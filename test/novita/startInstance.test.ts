import { expect } from 'chai';
import { useHttpMock } from '../support/httpMock.js';
import { apiKey, providerErrorOf, testClient } from './fixtures.js';

describe('novita: a start request', () => {
  const http = useHttpMock();
  const start = () => http.api.post('/gpu/instance/start', { instanceId: 'i-1' });

  it('names the instance and carries the key', async () => {
    start().reply(200, '');
    const { client } = await testClient();
    await client.startInstance('i-1');
    expect(http.requests[0]).to.deep.include({ method: 'POST', body: '{"instanceId":"i-1"}' });
    expect(http.requests[0]?.headers).to.include({ authorization: `Bearer ${apiKey}` });
  });

  it('is never sent twice by itself', async () => {
    start().reply(500, '');
    const { client } = await testClient();
    const { failure, effect } = await providerErrorOf(client.startInstance('i-1'));
    expect([failure.code, effect]).to.deep.equal(['server_error', 'possible']);
    expect(http.requests).to.have.length(1);
  });

  it('is accepted with an answer that says nothing, and unclear with one that is none', async () => {
    const { client } = await testClient();
    for (const body of ['', '{}', '{"data": null}']) {
      start().reply(200, body);
      await client.startInstance('i-1');
    }
    for (const body of ['OK', '[]', '{"message": "cannot"}']) {
      start().reply(200, body);
      expect((await providerErrorOf(client.startInstance('i-1'))).effect, body).to.equal('possible');
    }
  });

  it('is refused for want of room in the words of a migration', async () => {
    start().reply(400, { code: 400, reason: 'NODE_STATUS', message: 'the node is in use', metadata: {} });
    const { client } = await testClient();
    const { failure, effect } = await providerErrorOf(client.startInstance('i-1'));
    expect([failure.code, effect]).to.deep.equal(['no_capacity', 'none']);
  });
});
