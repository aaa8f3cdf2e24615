import { expect } from 'chai';
import { useHttpMock } from '../support/httpMock.js';
import { failureOfCall, instanceRow, startMs, testClient } from './fixtures.js';

describe('novita: Retry-After', () => {
  const http = useHttpMock();
  const read = () => http.api.get('/gpu/instance').query({ instanceId: 'i-1' });

  const inSeconds = (seconds: number): string => new Date(startMs + seconds * 1000).toUTCString();
  const retryAfter: readonly (readonly [string, number])[] = [
    ['3', 3000],
    [' 3 ', 3000],
    ['0', 50],
    ['60', 60_000],
    ['3600', 3_600_000],
    ['9'.repeat(400), 86_400_000],
    [inSeconds(5), 5000],
    [inSeconds(3600), 3_600_000],
    [inSeconds(-5), 50],
    ['-5', 50],
    ['1e9', 50],
    ['1.5', 50],
    ['soon', 50],
    ['', 50],
  ];
  for (const [header, expected] of retryAfter) {
    it(`is honoured as far as it is sensible: ${header.slice(0, 40) || 'empty'}`, async () => {
      read().reply(429, '', { 'retry-after': header });
      read().reply(200, instanceRow(1));
      const { client, waits } = await testClient();
      await client.getInstance('i-1');
      expect(waits).to.deep.equal([expected]);
    });
  }

  it('is honoured after a 503 as well, unless the pause is longer anyway', async () => {
    read().reply(503, '', { 'retry-after': '1' });
    read().reply(503, '', { 'retry-after': '1' });
    read().reply(200, instanceRow(1));
    const { client, waits } = await testClient({ backoff: () => ({ baseMs: 1500, randomFraction: 0.5 }) });
    await client.getInstance('i-1');
    expect(waits).to.deep.equal([1000, 1500]);
  });

  it('is not waited for beyond the end of the run, and the failure says what was asked', async () => {
    read().reply(429, '', { 'retry-after': '3600' });
    const { client, waits } = await testClient({ remainingMs: () => 600_000 });
    const failure = await failureOfCall(client.getInstance('i-1'));
    expect(failure).to.include({ code: 'rate_limited', cause: 'api.novita.test: HTTP 429, wait 3600 s' });
    expect(waits).to.deep.equal([]);
  });

  it('is waited for to the end of the run', async () => {
    read().reply(429, '', { 'retry-after': '600' });
    read().reply(200, instanceRow(1));
    const { client, waits } = await testClient({ remainingMs: () => 600_000 });
    await client.getInstance('i-1');
    expect(waits).to.deep.equal([600_000]);
  });
});
