import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';

describe('the data scenario', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ scenario: 'data', now: () => Date.UTC(2026, 10, 24, 12) });
  });
  after(() => sandbox.close());

  const ask = async (id: string, body: unknown, method = 'PUT'): Promise<number | 'broken'> => {
    try {
      const response = await fetch(`${sandbox.baseUrl}/gpus/v2/instances/${id}/migrate`, {
        method,
        headers: { authorization: `Bearer ${sandbox.apiKey}` },
        body: JSON.stringify(body),
      });
      await response.text();
      return response.status;
    } catch {
      return 'broken';
    }
  };
  const applied = (id: string): readonly boolean[] =>
    sandbox.world.applied.filter(({ instanceId }) => instanceId === id).map((each) => each.dataKept);

  const table: readonly (readonly [string, unknown, number | 'broken', readonly boolean[]])[] = [
    ['data-kept', { save_data: 'yes' }, 400, []],
    ['data-kept', null, 400, []],
    ['data-kept', { save_data: true }, 200, [true]],
    ['data-kept', { save_data: true }, 400, [true]],
    ['data-refused', { save_data: true }, 400, []],
    ['data-refused', {}, 200, [false]],
    ['data-refused-local', { save_data: true }, 400, []],
    ['data-unavailable', { save_data: true }, 404, []],
    ['data-no-room', { save_data: true }, 400, []],
    ['data-lost-answer', { save_data: true }, 'broken', [true]],
    ['no-such-instance', { save_data: true }, 400, []],
  ];
  it('answers requests to migrate with the data', async () => {
    for (const [id, body, status, kept] of table) {
      const title = `${id} ${JSON.stringify(body)}`;
      expect(await ask(id, body), title).to.equal(status);
      expect(applied(id), title).to.deep.equal(kept);
    }
  });

  it('knows one method for that, and wants the key', async () => {
    expect(await ask('data-kept', {}, 'POST')).to.equal(404);
    const { status } = await fetch(`${sandbox.baseUrl}/gpus/v2/instances/data-kept/migrate`, {
      method: 'PUT',
    });
    expect(status).to.equal(401);
  });
});
