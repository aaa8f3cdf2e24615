import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { useHttpMock } from '../support/httpMock.js';
import { apiKey, providerErrorOf, testClient } from './fixtures.js';

describe('novita: a migrate request', () => {
  const http = useHttpMock();
  const migrate = () => http.api.post('/gpu/instance/migrate', { instanceId: 'i-1' });

  it('names the instance and carries the key', async () => {
    migrate().reply(200, '');
    const { client } = await testClient();
    await client.migrateInstance('i-1');
    expect(http.requests).to.have.length(1);
    expect(http.requests[0]).to.deep.include({
      method: 'POST',
      path: '/gpu/instance/migrate',
      body: '{"instanceId":"i-1"}',
    });
    expect(http.requests[0]?.headers).to.include({
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'content-length': '20',
      'user-agent': 'novita-spot/1.2.3',
    });
  });

  it('carries an id as it is, whatever is in it', async () => {
    const id = 'a"b\\c/ü😀';
    http.api.post('/gpu/instance/migrate', { instanceId: id }).reply(200, '');
    const { client } = await testClient();
    await client.migrateInstance(id);
  });

  const accepted: readonly (readonly [string, number, string, string | null])[] = [
    ['an empty body', 200, '', null],
    ['white space', 200, ' \n', null],
    ['an empty object', 200, '{}', null],
    ['a job', 200, '{"jobId": "j-1"}', 'j-1'],
    ['a job and more', 200, '{"jobId": "j-1", "eta": {"seconds": 5}}', 'j-1'],
    ['a number for a job', 200, '{"jobId": 12}', '12'],
    ['201', 201, '{}', null],
    ['202', 202, '', null],
    ['204', 204, '', null],
  ];
  for (const [title, status, body, jobId] of accepted) {
    it(`is accepted: ${title}`, async () => {
      migrate().reply(status, body);
      const { client } = await testClient();
      expect(await client.migrateInstance('i-1')).to.deep.equal({ jobId, dataKept: false });
    });
  }

  const unclear: readonly (readonly [string, number, string, ErrorCode?])[] = [
    ['null', 200, 'null'],
    ['a list', 200, '[]'],
    ['text', 200, '"ok"'],
    ['a truth value', 200, 'true'],
    ['HTML', 200, '<html><body>Sign in</body></html>', 'web_page_answer'],
    ['half of the JSON', 200, '{"jobId": '],
    ['HTML with 202', 202, '<html>', 'web_page_answer'],
    ['an error whose reason is not known', 200, '{"code": 400, "reason": "NEW_TROUBLE", "message": "no"}'],
  ];
  for (const [title, status, body, code = 'unreadable_answer'] of unclear) {
    it(`may or may not have been accepted: ${title}`, async () => {
      migrate().reply(status, body);
      const { client, waits } = await testClient();
      const { failure, effect } = await providerErrorOf(client.migrateInstance('i-1'));
      expect(failure).to.deep.include({
        code,
        category: 'protocol',
        retryable: false,
        status,
      });
      expect(effect).to.equal('possible');
      expect(waits).to.deep.equal([]);
    });
  }

  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    it(`does not follow a redirect: ${status}`, async () => {
      migrate().reply(status, '', { location: 'https://elsewhere.test/gpu/instance/migrate' });
      const { client } = await testClient();
      const { failure, effect } = await providerErrorOf(client.migrateInstance('i-1'));
      expect(failure).to.include({ code: 'redirect_refused', category: 'protocol', status });
      expect(effect).to.equal('possible');
    });
  }

  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`is sent once, although another attempt may work: ${status}`, async () => {
      migrate().reply(status, '', { 'retry-after': '7' });
      const { client, waits } = await testClient();
      const { failure, retryAfterMs } = await providerErrorOf(client.migrateInstance('i-1'));
      expect(failure.retryable).to.equal(true);
      expect(retryAfterMs).to.equal(7000);
      expect(waits).to.deep.equal([]);
    });
  }

  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE']) {
    it(`is sent once when there is no answer: ${code}`, async () => {
      migrate().replyWithError(Object.assign(new Error('no'), { code }));
      const { client, waits } = await testClient();
      await providerErrorOf(client.migrateInstance('i-1'));
      expect(waits).to.deep.equal([]);
    });
  }
});
