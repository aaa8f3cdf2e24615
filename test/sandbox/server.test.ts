import { expect } from 'chai';
import { sandboxSecretMarker } from '../../src/sandbox/secrets.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.js';

type Row = Readonly<Record<string, unknown>>;

interface Answered {
  readonly status: number;
  readonly body: Row;
}

describe('startSandbox', () => {
  let sandbox: Sandbox;
  let nowMs: number;
  const start = async (changes: Partial<SandboxOptions> = {}): Promise<void> => {
    nowMs = Date.UTC(2026, 10, 24, 12);
    sandbox = await startSandbox({ scenario: 'demo', now: () => nowMs, ...changes });
  };
  afterEach(() => sandbox.close());

  const call = async (path: string, init: RequestInit = {}): Promise<Answered> => {
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const response = await fetch(`${sandbox.baseUrl}/gpu-instance/openapi/v1${path}`, { headers, ...init });
    return { status: response.status, body: (await response.json()) as Row };
  };
  const migrate = (instanceId: unknown): Promise<Answered> =>
    call('/gpu/instance/migrate', { method: 'POST', body: JSON.stringify({ instanceId }) });
  const rows = async (path: string, name: string): Promise<readonly Row[]> =>
    (await call(path)).body[name] as Row[];
  const instanceNamed = async (name: string): Promise<Row> => {
    const [row] = await rows(`/gpu/instances?pageSize=100&name=${name}`, 'instances');
    return row ?? {};
  };

  it('asks for its key, in the words of the API', async () => {
    await start();
    for (const headers of [{}, { authorization: 'Bearer other' }, { authorization: sandbox.apiKey }]) {
      const { status, body } = await call('/gpu/instances', { headers });
      expect(status).to.equal(401);
      expect(body).to.deep.include({ code: 401, reason: 'INVALID_API_KEY', metadata: {} });
    }
  });

  it('knows its paths and methods', async () => {
    await start();
    expect((await call('/nowhere')).status).to.equal(404);
    expect(
      (await call('/jobs', { method: 'POST', headers: { authorization: `Bearer ${sandbox.apiKey}` } }))
        .status,
    ).to.equal(405);
    expect(
      (await fetch(`${sandbox.baseUrl}/jobs`, { headers: { authorization: `Bearer ${sandbox.apiKey}` } }))
        .status,
    ).to.equal(404);
  });

  const pages: readonly (readonly [string, number])[] = [
    ['', 10],
    ['?pageSize=5', 5],
    ['?pageSize=5&pageNum=3', 3],
    ['?pageSize=5&pageNum=0', 5],
    ['?pageSize=5&pageNum=4', 0],
    ['?pageSize=1000', 13],
    ['?pageSize=none', 10],
    ['?page=2&page_size=1', 10],
    ['?pageSize=100&status=exited', 8],
    ['?pageSize=100&name=llama', 3],
    ['?pageSize=100&productName=no-such-product', 0],
  ];
  for (const [query, count] of pages) {
    it(`lists ${count} instances for ${query === '' ? 'no query' : query}`, async () => {
      await start();
      expect(await rows(`/gpu/instances${query}`, 'instances')).to.have.length(count);
    });
  }

  it('never gives more than a hundred rows, and the total of all', async () => {
    await start({ scenario: 'large' });
    const { body } = await call('/gpu/instances?pageSize=500&pageNum=100');
    expect(body['instances']).to.have.length(100);
    expect(body['total']).to.equal(10_000);
    expect(await rows('/jobs?pageSize=100&pageNum=3', 'jobs')).to.have.length(50);
  });

  it('filters jobs', async () => {
    await start({ scenario: 'large' });
    const [newest] = await rows('/jobs?pageSize=1', 'jobs');
    const total = async (query: string): Promise<unknown> => (await call(`/jobs?${query}`)).body['total'];
    expect(await total('state=fail')).to.equal(25);
    expect(await total('type=saveImage')).to.equal(0);
    expect(await total(`jobId=${String(newest?.['Id'])}`)).to.equal(1);
    expect(await total(`startTime=${String(newest?.['createdAt'])}`)).to.equal(1);
    expect(await total(`endTime=${String(Number(newest?.['createdAt']) - 1)}`)).to.equal(249);
  });

  it('has secrets where the API has them, and no spot fields in the answer for one instance', async () => {
    await start();
    const listed = await instanceNamed('embedding-server');
    const { body } = await call(`/gpu/instance?instanceId=${String(listed['id'])}`);
    expect(JSON.stringify(listed)).to.include(sandboxSecretMarker);
    expect(JSON.stringify(body)).to.include(sandboxSecretMarker);
    expect(JSON.stringify(await rows('/jobs', 'jobs'))).to.include(sandboxSecretMarker);
    expect(listed).to.include({
      spotStatus: 'notified',
      spotReclaimTime: String(nowMs / 1000 + 42 * 60 + 30),
    });
    expect(body).to.include({ id: listed['id'] }).and.not.have.any.keys('spotStatus', 'spotReclaimTime');
  });

  it('migrates: accepted, migrating with an open job, running', async () => {
    await start();
    const { id } = await instanceNamed('whisper-batch');
    const { status, body } = await migrate(id);
    expect(status).to.equal(200);
    const job = async (): Promise<Row> =>
      (await rows(`/jobs?jobId=${String(body['jobId'])}`, 'jobs'))[0] ?? {};
    expect(await instanceNamed('whisper-batch')).to.include({ status: 'migrating' });
    expect(await job()).to.deep.include({ instanceId: id, type: 'instanceMigrate' });
    expect((await job())['state']).to.include({ state: 'pulling' });
    nowMs += 1500;
    expect((await job())['state']).to.include({ state: 'running' });
    nowMs += 500;
    expect((await job())['state']).to.include({ state: 'success' });
    expect(await instanceNamed('whisper-batch')).to.include({
      status: 'running',
      spotStatus: 'running',
      spotReclaimTime: '0',
      lastStartedAt: String(nowMs / 1000),
    });
    expect(sandbox.world.applied).to.deep.equal([
      { instanceId: id, atSeconds: nowMs / 1000 - 2, dataKept: false },
    ]);
  });

  it('refuses what the API refuses', async () => {
    await start();
    const reasonOf = async (instanceId: unknown): Promise<unknown> =>
      (await migrate(instanceId)).body['reason'];
    expect(await reasonOf('nope')).to.equal('RESOURCE_NOT_FOUND');
    expect(await reasonOf('')).to.equal('VALIDATOR_PARAM');
    expect(await reasonOf(undefined)).to.equal('VALIDATOR_PARAM');
    expect(await reasonOf((await instanceNamed('embedding-server'))['id'])).to.equal(
      'DEPENDENT_RESOURCE_STATE',
    );
    expect(await reasonOf((await instanceNamed('dataset-builder'))['id'])).to.equal('CONFLICT');
    const { id } = await instanceNamed('whisper-batch');
    await migrate(id);
    expect(await reasonOf(id)).to.equal('CONFLICT');
    expect((await call('/gpu/instance?instanceId=nope')).body['reason']).to.equal('RESOURCE_NOT_FOUND');
  });

  it('refuses a body that is none, or far too large', async () => {
    await start();
    const init = { method: 'POST', headers: { authorization: `Bearer ${sandbox.apiKey}` } };
    expect((await call('/gpu/instance/migrate', { ...init, body: 'no JSON' })).body['reason']).to.equal(
      'VALIDATOR_PARAM',
    );
    expect((await call('/gpu/instance/migrate', { ...init, body: ' '.repeat(70_000) })).status).to.equal(413);
  });

  it('gives the same account for the same seed, and another one for another', async () => {
    const fleet = async (seed: number): Promise<readonly Row[]> => {
      await start({ seed });
      const listed = await rows('/gpu/instances?pageSize=100', 'instances');
      await sandbox.close();
      return listed;
    };
    expect(await fleet(7)).to.deep.equal(await fleet(7));
    expect(await fleet(7)).not.to.deep.equal(await fleet(8));
  });

  it('has nothing in an empty account', async () => {
    await start({ scenario: 'empty' });
    expect((await call('/gpu/instances')).body).to.deep.equal({ instances: [], total: 0 });
  });

  it('cannot listen where somebody else does', async () => {
    await start();
    const port = Number(new URL(sandbox.baseUrl).port);
    const code = await startSandbox({ scenario: 'empty', now: () => 0, port }).catch(
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    expect(code).to.equal('EADDRINUSE');
  });
});
