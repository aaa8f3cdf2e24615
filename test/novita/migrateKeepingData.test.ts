import { expect } from 'chai';
import { useHttpMock } from '../support/httpMock.js';
import { apiKey, providerErrorOf, testClient } from './fixtures.js';

describe('novita: a request to migrate with the data', () => {
  const http = useHttpMock();
  const migrate = (id = 'i-1') => http.version2.put(`/instances/${id}/migrate`, { save_data: true });

  it('goes to version 2, names the instance in its path and carries the key', async () => {
    migrate().reply(200, '');
    const { client } = await testClient();
    await client.migrateKeepingData('i-1');
    expect(http.requests).to.have.length(1);
    expect(http.requests[0]).to.deep.include({
      method: 'PUT',
      path: '/gpus/v2/instances/i-1/migrate',
      body: '{"save_data":true}',
    });
    expect(http.requests[0]?.headers).to.include({
      authorization: `Bearer ${apiKey}`,
      'content-type': 'application/json',
    });
  });

  it('carries an id as it is, whatever is in it', async () => {
    const id = 'a/../b?c#d%2e ü';
    migrate(encodeURIComponent(id)).reply(200, '');
    const { client } = await testClient();
    await client.migrateKeepingData(id);
  });

  for (const id of ['.', '..']) {
    it(`is not sent where the path would be another one: ${id}`, async () => {
      const { client } = await testClient();
      const { failure, effect } = await providerErrorOf(client.migrateKeepingData(id));
      expect([failure.code, effect]).to.deep.equal(['data_not_kept', 'none']);
    });
  }

  const accepted: readonly (readonly [string, string | null, boolean | null])[] = [
    ['', null, true],
    ['{}', null, true],
    ['{"data": null}', null, true],
    ['{"data": {}}', null, true],
    ['{"jobId": "j-1"}', 'j-1', true],
    ['{"job_id": "j-1"}', 'j-1', true],
    ['{"data": {"job_id": 7}}', '7', true],
    ['{"data": {"jobId": "j-1", "save_data": true}}', 'j-1', true],
    ['{"data": {"save_data": false}}', null, false],
    ['{"save_data": false}', null, false],
    ['{"save_data": "false"}', null, false],
    ['{"saveData": false}', null, false],
    ['{"data": {"save_data": 0}}', null, false],
    ['{"save_data": true, "data": {"save_data": false}}', null, false],
    ['{"save_data": false, "data": {"job_id": "j-1"}}', 'j-1', false],
    ['{"save_data": "partly"}', null, null],
    ['{"jobId": null, "data": {"jobId": "j-1"}}', 'j-1', true],
    ['{"code": 0, "message": "success", "data": {"job_id": "j-1"}}', 'j-1', true],
  ];
  for (const [body, jobId, dataKept] of accepted) {
    it(`is accepted, its data kept: ${String(dataKept)}: ${body}`, async () => {
      migrate().reply(200, body);
      const { client } = await testClient();
      expect(await client.migrateKeepingData('i-1')).to.deep.equal({ jobId, dataKept });
    });
  }

  for (const body of [
    'null',
    '[]',
    '[{"save_data": true}]',
    '"ok"',
    '<html>',
    '{"data": {"error": "no"}}',
    '{"error": "no", "data": {}}',
    '{"reason": "NEW_REASON", "data": {"job_id": "j-1"}}',
    '{"error": null, "data": {"error": "no"}}',
    '{"success": true, "data": {"success": false}}',
    '{"message": "", "data": {"message": "no"}}',
    '{"data": "no"}',
    '{"data": [{"error": "no"}]}',
  ]) {
    it(`may or may not have been accepted: ${body}`, async () => {
      migrate().reply(200, body);
      const { client } = await testClient();
      const { failure, effect } = await providerErrorOf(client.migrateKeepingData('i-1'));
      expect(failure.category).to.equal('protocol');
      expect(effect).to.equal('possible');
    });
  }

  it('is sent once, and tells a refusal of the data', async () => {
    migrate().reply(400, { code: 400, reason: 'VALIDATOR_PARAM', message: 'save_data is not supported' });
    const { client, waits } = await testClient();
    const { failure, effect } = await providerErrorOf(client.migrateKeepingData('i-1'));
    expect([failure.code, effect]).to.deep.equal(['data_not_kept', 'none']);
    expect(waits).to.deep.equal([]);
  });
});
