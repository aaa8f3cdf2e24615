import { expect } from 'chai';
import type { Interceptor } from 'nock';
import type { NovitaClient } from '../../src/novita/client.js';
import { useHttpMock } from '../support/httpMock.js';
import { apiKey, expectNoKey, instanceRow, providerErrorOf, testClient } from './fixtures.js';

/** An error as an HTTP library throws it: it knows the whole request. */
function talkativeError(): Error {
  const headers = { authorization: `Bearer ${apiKey}` };
  return Object.assign(new Error(`socket hang up (authorization: Bearer ${apiKey})`), {
    code: 'ECONNRESET',
    cause: new Error(apiKey),
    options: { headers },
    request: { headers },
  });
}

const html = '<html><body>no</body></html>';
const elsewhere = { location: `https://elsewhere.test/?key=${apiKey}` };

describe('novita: the API key', () => {
  const http = useHttpMock();
  const read = () => http.api.get('/gpu/instance').query({ instanceId: 'i-1' });
  const migrate = () => http.api.post('/gpu/instance/migrate');

  const endings: readonly (readonly [string, () => unknown])[] = [
    ['401', () => migrate().reply(401, '{"message": "bad key"}')],
    ['403 with HTML', () => migrate().reply(403, html)],
    ['500', () => migrate().reply(500)],
    ['an unreadable answer', () => migrate().reply(200, html)],
    ['a redirect', () => migrate().reply(302, '', elsewhere)],
    ['an error that carries the request', () => migrate().replyWithError(talkativeError())],
    ['a timeout', () => migrate().delay(5000).reply(200)],
    ['metadata that repeats it', () => migrate().reply(400, { reason: 'NEW', metadata: { apiKey } })],
    ['a message that repeats it', () => migrate().reply(401, { message: `invalid key ${apiKey}` })],
    ['a reason that repeats it', () => migrate().reply(400, { reason: apiKey })],
    [
      'a message that repeats it where it is cut off',
      () => migrate().reply(401, { message: `${'x'.repeat(240)}${apiKey}` }),
    ],
  ];
  for (const [title, prepare] of endings) {
    it(`is not in the error of a migrate request: ${title}`, async () => {
      prepare();
      const { client, lines } = await testClient({ requestTimeoutMs: 50 });
      const error = await providerErrorOf(client.migrateInstance('i-1'));
      expect(error).not.to.have.property('cause');
      expectNoKey(lines);
    });
  }

  const others: readonly (readonly [
    string,
    () => Interceptor,
    (client: NovitaClient) => Promise<unknown>,
  ])[] = [
    ['the list', () => http.api.get('/gpu/instances').query(true), (client) => client.listInstances()],
    ['the jobs', () => http.api.get('/jobs').query(true), (client) => client.listJobs()],
    ['the products', () => http.api.get('/products').query(true), (client) => client.listProducts()],
    ['one instance', read, (client) => client.getInstance('i-1')],
    ['a start', () => http.api.post('/gpu/instance/start'), (client) => client.startInstance('i-1')],
    [
      'a migrate request that keeps data',
      () => http.version2.put('/instances/i-1/migrate'),
      (client) => client.migrateKeepingData('i-1'),
    ],
  ];
  for (const [title, expected, call] of others) {
    it(`is not in the error of ${title} when the answer repeats it`, async () => {
      expected().reply(403, { message: `no access for ${apiKey}` });
      const { client, lines } = await testClient();
      const { failure } = await providerErrorOf(call(client));
      expect(failure.message).to.include('no access for [redacted]');
      expectNoKey(lines);
    });
  }

  it('is not in an error in the form that it has in JSON, either', async () => {
    const key = 'sk_"Canary\\Q7';
    migrate().reply(400, { message: `no access for ${key}` });
    const { client } = await testClient({ apiKey: key });
    const { failure } = await providerErrorOf(client.migrateInstance('i-1'));
    expect(failure.message).to.include('no access for [redacted]');
  });

  it('is not in the error or the log of a read that was sent four times', async () => {
    read().times(4).replyWithError(talkativeError());
    const { client, lines } = await testClient();
    await providerErrorOf(client.getInstance('i-1'));
    expect(lines).not.to.deep.equal([]);
    expectNoKey(lines);
  });

  it('is in no log line of a read that succeeds', async () => {
    read().reply(200, instanceRow(1));
    const { client, lines } = await testClient();
    await client.getInstance('i-1');
    expect(lines.map(({ event }) => event)).to.deep.equal(['request_answered']);
    expectNoKey(lines);
  });

  it('is not in the client itself, as an inspector shows it', async () => {
    const { client } = await testClient();
    expectNoKey(client);
    expect(http.requests).to.deep.equal([]);
  });
});
