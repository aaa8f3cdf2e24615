import { expect } from 'chai';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';

describe('the faults scenario', () => {
  let sandbox: Sandbox;
  let nowMs: number;
  before(async () => {
    nowMs = Date.UTC(2026, 10, 24, 12);
    sandbox = await startSandbox({ scenario: 'faults', now: () => nowMs });
  });
  after(() => sandbox.close());

  const call = (path: string, body?: object): Promise<Response> =>
    fetch(`${sandbox.baseUrl}/gpu-instance/openapi/v1${path}`, {
      headers: { authorization: `Bearer ${sandbox.apiKey}` },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
  /** The status of the answer, or that there was none. */
  const migrate = async (instanceId: string): Promise<number | 'broken'> => {
    try {
      const response = await call('/gpu/instance/migrate', { instanceId });
      await response.text();
      return response.status;
    } catch {
      return 'broken';
    }
  };
  const applied = (id: string): number =>
    sandbox.world.applied.filter(({ instanceId }) => instanceId === id).length;

  it('fails the first request of each list', async () => {
    const first = await call('/gpu/instances');
    expect([first.status, first.headers.get('retry-after')]).to.deep.equal([429, '1']);
    expect((await call('/gpu/instances')).status).to.equal(200);
    expect((await call('/jobs')).status).to.equal(500);
    expect((await call('/jobs')).status).to.equal(200);
  });

  const table: readonly (readonly [string, readonly (number | 'broken')[], number])[] = [
    ['fault-none', [200, 400], 1],
    ['fault-capacity', [400, 400], 0],
    ['fault-conflict', [400], 0],
    ['fault-gone', [400], 0],
    ['fault-rate-limit-once', [429, 200], 1],
    ['fault-error-once', [500, 200], 1],
    ['fault-error-applied', [500], 1],
    ['fault-reset-applied', ['broken'], 1],
    ['fault-html-applied', [200], 1],
    ['fault-broken-answer', ['broken', 'broken'], 0],
    ['fault-slow', [200], 1],
    ['fault-job-fails', [200], 1],
  ];
  for (const [id, answers, times] of table) {
    it(`${id} answers ${answers.join(', then ')} and is applied ${times} times`, async () => {
      const answered = [];
      while (answered.length < answers.length) answered.push(await migrate(id));
      expect(answered).to.deep.equal(answers);
      expect(applied(id)).to.equal(times);
    });
  }

  it('puts an instance back whose job failed', () => {
    nowMs += 10_000;
    const instance = sandbox.world.find('fault-job-fails');
    const [job] = sandbox.world.jobs().filter(({ instanceId }) => instanceId === 'fault-job-fails');
    expect(instance).to.include({ status: 'exited', spotStatus: 'terminated' });
    expect(job).to.include({ state: 'fail', error: 'MIGRATE_INSUFFICIENT_RESOURCE' });
  });
});
