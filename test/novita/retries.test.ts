import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { useHttpMock } from '../support/httpMock.js';
import { failureOfCall, instanceRow, testClient } from './fixtures.js';

describe('novita: a read that fails', () => {
  const http = useHttpMock();
  const read = () => http.api.get('/gpu/instance').query({ instanceId: 'i-1' });

  it('is sent four times, with pauses that double', async () => {
    read().times(4).reply(500);
    const { client, waits } = await testClient();
    expect(await failureOfCall(client.getInstance('i-1'))).to.include({ code: 'server_error', status: 500 });
    expect(waits).to.deep.equal([50, 100, 200]);
  });

  it('draws each pause anew', async () => {
    read().times(3).reply(500);
    read().reply(200, instanceRow(1));
    const fractions = [0.1, 0, 0.999];
    const backoff = () => ({ baseMs: 100, randomFraction: fractions.shift() ?? 0 });
    const { client, waits } = await testClient({ backoff });
    await client.getInstance('i-1');
    expect(waits).to.deep.equal([10, 0, 399]);
  });

  it('never pauses for more than 20 s of its own accord', async () => {
    read().times(4).reply(500);
    const { client, waits } = await testClient({ backoff: () => ({ baseMs: 60_000, randomFraction: 0.5 }) });
    await failureOfCall(client.getInstance('i-1'));
    expect(waits).to.deep.equal([10_000, 10_000, 10_000]);
  });

  it('is sent once when 30 reads of the run have been sent again', async () => {
    const { client, waits } = await testClient();
    read().times(41).reply(500);
    for (let count = 0; count < 11; count += 1) await failureOfCall(client.getInstance('i-1'));
    expect(waits).to.have.length(30);
    http.api.post('/gpu/instance/migrate').reply(200, '');
    await client.migrateInstance('i-1');
  });

  it('ends with the failure of its last attempt', async () => {
    read().times(3).reply(500);
    read().reply(401);
    const { client, waits } = await testClient();
    expect(await failureOfCall(client.getInstance('i-1'))).to.include({ code: 'auth_refused' });
    expect(waits).to.have.length(3);
  });

  it('says in the log that and why it is sent again', async () => {
    read().reply(503);
    read().reply(200, instanceRow(1));
    const { client, lines } = await testClient();
    await client.getInstance('i-1');
    expect(lines.filter(({ level }) => level === 'warn')).to.deep.equal([
      {
        level: 'warn',
        event: 'request_retried',
        message: 'The API failed to answer the request: api.novita.test: HTTP 503; asking again in 50 ms',
        fields: {
          path: '/gpu-instance/openapi/v1/gpu/instance',
          attempt: 1,
          error: 'server_error',
          delayMs: 50,
        },
      },
    ]);
  });

  it('is counted as sent again, and only then', async () => {
    read().reply(503);
    read().reply(200, instanceRow(1));
    const sent: (readonly [string, boolean])[] = [];
    const { client } = await testClient({ onRequest: (method, isRetry) => sent.push([method, isRetry]) });
    await client.getInstance('i-1');
    expect(sent).to.deep.equal([
      ['GET', false],
      ['GET', true],
    ]);
  });

  const answers: readonly (readonly [number, string, ErrorCode])[] = [
    [408, '', 'request_timeout'],
    [429, '', 'rate_limited'],
    [400, '{"reason": "RATE_LIMIT_EXCEEDED"}', 'rate_limited'],
    [400, '{"reason": "UNKNOWN"}', 'server_error'],
    [500, '', 'server_error'],
    [502, '<html>', 'server_error'],
    [503, '', 'server_error'],
    [504, '', 'request_timeout'],
  ];
  for (const [status, body, code] of answers) {
    it(`is sent again after ${status} ${body}`, async () => {
      read().reply(status, body);
      read().reply(200, instanceRow(1));
      const { client, waits, lines } = await testClient();
      expect(await client.getInstance('i-1')).to.include({ id: 'i-1' });
      expect(waits).to.deep.equal([50]);
      expect(lines.map(({ fields }) => fields['error'])).to.include(code);
    });
  }

  for (const code of [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EPIPE',
    'NEW_CODE',
  ]) {
    it(`is sent again when there is no answer: ${code}`, async () => {
      read().replyWithError(Object.assign(new Error(`connect ${code}`), { code }));
      read().reply(200, instanceRow(1));
      const { client, waits } = await testClient();
      expect(await client.getInstance('i-1')).to.include({ id: 'i-1' });
      expect(waits).to.deep.equal([50]);
    });
  }

  it('is sent again when the answer takes too long', async () => {
    read().delay(5000).reply(200, instanceRow(1));
    read().reply(200, instanceRow(1));
    const { client, waits } = await testClient({ requestTimeoutMs: 60 });
    expect(await client.getInstance('i-1')).to.include({ id: 'i-1' });
    expect(waits).to.deep.equal([50]);
  });

  for (const status of [400, 401, 402, 403, 404, 409, 418, 301, 307]) {
    it(`is not sent again after ${status}`, async () => {
      read().reply(status, '', { 'retry-after': '1' });
      const { client, waits } = await testClient();
      expect(await failureOfCall(client.getInstance('i-1'))).to.include({ retryable: false, status });
      expect(waits).to.deep.equal([]);
    });
  }

  for (const code of ['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']) {
    it(`is not sent again when the certificate is not trusted: ${code}`, async () => {
      read().replyWithError(Object.assign(new Error('certificate'), { code }));
      const { client, waits } = await testClient();
      const failure = await failureOfCall(client.getInstance('i-1'));
      expect(failure).to.include({ code: 'tls_failed' });
      expect(failure.message).to.match(new RegExp(`: ${code}, the certificate `));
      expect(waits).to.deep.equal([]);
    });
  }
});
