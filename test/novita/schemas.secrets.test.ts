import { inspect } from 'node:util';
import { expect } from 'chai';
import { parseInstance, parseJob } from '../../src/novita/schemas.js';
import { useHttpMock } from '../support/httpMock.js';
import { failureOfCall, testClient } from './fixtures.js';

const canary = 'CANARY_do_not_keep';

/** Everything that is known to stand in a row and is nobody's business. */
const secretInstanceFields = {
  envs: [{ key: canary, value: canary }],
  command: `python ${canary}`,
  entrypoint: canary,
  imageUrl: `registry/${canary}`,
  imageAuth: canary,
  imageAuthId: canary,
  imageAuthInfo: { username: canary, password: canary },
  connectComponentSSH: { host: canary, password: canary, command: `ssh ${canary}` },
  connectComponentWebTerminal: { address: canary },
  connectComponentJupyter: { address: `https://${canary}/?token=${canary}` },
  connectComponentLog: { address: canary },
  sshPassword: canary,
  sshCommand: canary,
  portMappings: [{ port: 22, endpoint: canary, type: 'tcp' }],
  ports: canary,
  gpuIds: [canary],
  jobs: [{ Id: canary, envs: [{ key: canary, value: canary }] }],
  tools: [{ name: canary }],
  network: { id: canary, ip: canary },
  description: canary,
  ownerId: canary,
  userId: canary,
  statusError: { state: canary, message: canary },
};

const instanceRow = {
  ...secretInstanceFields,
  id: 'i-1',
  name: 'trainer',
  status: 'exited',
  volumeMounts: [{ type: 'local', mountPath: '/workspace', id: canary, size: canary, password: canary }],
};

const jobRow = {
  Id: 'j-1',
  instanceId: 'i-1',
  type: 'saveImage',
  state: { state: 'running', error: '', errorMessage: '', logAddress: canary, envs: [canary] },
  envs: [{ key: canary, value: canary }],
  logAddress: `https://${canary}`,
  ownerId: canary,
  creator: canary,
  image: canary,
  auth: { username: canary, password: canary },
};

function expectNoCanary(...values: readonly unknown[]): void {
  expect(inspect(values, { depth: 10, showHidden: true })).not.to.include(canary);
}

describe('novita: secrets in answers', () => {
  it('are not kept of an instance, field by field', () => {
    const instance = parseInstance(instanceRow);
    expectNoCanary(instance);
    expect(instance).to.have.all.keys(
      'id',
      'name',
      'status',
      'spotStatus',
      'spotReclaimTime',
      'lastStartedAt',
      'lastStoppedAt',
      'clusterId',
      'clusterName',
      'productId',
      'productName',
      'billingMode',
      'gpuCount',
      'localVolumes',
    );
  });

  it('are not kept of a job, field by field', () => {
    const job = parseJob(jobRow);
    expectNoCanary(job);
    expect(job).to.have.all.keys('id', 'instanceId', 'type', 'state', 'createdAt', 'errorMessage');
  });

  describe('that pass through the client', () => {
    const http = useHttpMock();

    it('are in no result, warning or log line', async () => {
      const unreadable = { ...secretInstanceFields, id: null };
      const page = { instances: [instanceRow, unreadable], total: 2, token: canary };
      http.api.get('/gpu/instances').query(true).reply(200, page);
      http.api
        .get('/jobs')
        .query(true)
        .reply(200, { jobs: [jobRow, { ...jobRow, instanceId: null }], total: 2 });
      http.api.get('/gpu/instance').query(true).reply(200, instanceRow);
      http.api.post('/gpu/instance/migrate').reply(200, { ...instanceRow, jobId: 'j-2' });

      const { client, lines } = await testClient();
      const instances = await client.listInstances();
      const jobs = await client.listJobs();
      expect([instances.rows.length, jobs.rows.length]).to.deep.equal([1, 1]);
      expectNoCanary(
        instances,
        jobs,
        await client.getInstance('i-1'),
        await client.migrateInstance('i-1'),
        lines,
      );
    });

    it('are not in the failure that an unreadable answer or an error body makes', async () => {
      http.api
        .get('/gpu/instance')
        .query(true)
        .reply(200, { ...secretInstanceFields });
      http.api.get('/gpu/instance').query(true).reply(200, `<html>${canary}</html>`);
      const metadata = { ...secretInstanceFields };
      http.api
        .get('/gpu/instance')
        .query(true)
        .reply(400, { code: 9, reason: 'NEW', message: 'no', metadata });
      http.api.get('/gpu/instance').query(true).reply(400, `<html>${canary}</html>`);
      http.api.post('/gpu/instance/migrate').reply(200, `<html>${canary}</html>`);

      const { client, lines } = await testClient();
      for (const code of ['unreadable_answer', 'web_page_answer', 'request_rejected', 'web_page_answer']) {
        const failure = await failureOfCall(client.getInstance('i-1'));
        expect(failure.code).to.equal(code);
        expectNoCanary(failure);
      }
      expectNoCanary(await failureOfCall(client.migrateInstance('i-1')), lines);
    });
  });
});
