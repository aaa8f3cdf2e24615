import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { useHttpMock } from '../support/httpMock.js';
import { apiKey, instanceRow, providerErrorOf, testClient } from './fixtures.js';

describe('novita: one instance', () => {
  const http = useHttpMock();

  it('is asked for by its id', async () => {
    http.api.get('/gpu/instance').query({ instanceId: 'i-1' }).reply(200, instanceRow(1));
    const { client } = await testClient();
    expect(await client.getInstance('i-1')).to.include({ id: 'i-1', name: 'spot 1', status: 'exited' });
    expect(http.requests.map(({ headers }) => headers)[0]).to.include({
      authorization: `Bearer ${apiKey}`,
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'novita-spot/1.2.3',
    });
  });

  it('may have any id: it stays one value of the query', async () => {
    const id = 'a b&c=d/../e?f#g%20+ü';
    http.api.get('/gpu/instance').query({ instanceId: id }).reply(200, instanceRow(1));
    const { client } = await testClient();
    await client.getInstance(id);
    expect(http.requests[0]?.path).to.match(/^\/gpu\/instance\?instanceId=[^&=/?#]*$/);
  });

  it('may be without the spot fields, which its documentation leaves out', async () => {
    http.api.get('/gpu/instance').query(true).reply(200, { id: 'i-1', status: 'migrating' });
    const { client } = await testClient();
    expect(await client.getInstance('i-1')).to.include({ status: 'migrating', spotReclaimTime: null });
  });

  const failures: readonly (readonly [string, number, string, ErrorCode])[] = [
    ['200 with null', 200, 'null', 'instance_gone'],
    ['404 without a body', 404, '', 'instance_gone'],
    ['404 with HTML', 404, '<html>', 'web_page_answer'],
    ['400 with the reason', 400, '{"code": 400, "reason": "RESOURCE_NOT_FOUND"}', 'instance_gone'],
    ['200 with the reason', 200, '{"code": 400, "reason": "RESOURCE_NOT_FOUND"}', 'instance_gone'],
    ['200 without a body', 200, '', 'unreadable_answer'],
    ['204', 204, '', 'unreadable_answer'],
    ['200 with {}', 200, '{}', 'unreadable_answer'],
    ['200 with []', 200, '[]', 'unreadable_answer'],
    ['200 with text', 200, '"i-1"', 'unreadable_answer'],
    ['200 with HTML', 200, '<html>', 'web_page_answer'],
    ['200 with half of the JSON', 200, '{"id": "i-1", "status": "exi', 'unreadable_answer'],
    ['200 with a row that lacks its status', 200, '{"id": "i-1"}', 'unreadable_answer'],
    ['200 with a reason that is not known', 200, '{"code": 5, "reason": "NEW"}', 'unreadable_answer'],
    ['401', 401, '{"message": "bad key"}', 'auth_refused'],
  ];
  for (const [title, status, body, code] of failures) {
    it(`fails at the first attempt: ${title}`, async () => {
      http.api.get('/gpu/instance').query(true).reply(status, body);
      const { client, waits } = await testClient();
      const { failure, effect } = await providerErrorOf(client.getInstance('i-1'));
      expect(failure).to.include({ code, retryable: false });
      expect(effect).to.equal('none');
      expect(waits).to.deep.equal([]);
    });
  }
});
