import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { expect } from 'chai';
import { selfSignedCertificate } from '../novita/selfSignedCertificate.js';
import { createAccount, reclaimedRow } from '../support/account.js';
import * as faults from '../support/faults.js';
import { type Exchange, type FaultPlan, passOn, startFaultyProxy } from '../support/faultyProxy.js';
import {
  canaryKey,
  newFolder,
  oneDocument,
  quickEnvironment,
  removeFolders,
  runMigrate,
} from '../support/migrateRun.js';
import { startProgram } from '../support/runProgram.js';

const list = { method: 'GET', path: '/gpu/instances' } as const;
const jobs = { method: 'GET', path: '/jobs' } as const;
const migrate = { method: 'POST', path: '/gpu/instance/migrate' } as const;

/** The job list is the last thing that is read before the migrate request. */
function before(jobList: Exchange, act: () => void): void | Promise<void> {
  act();
  return passOn(jobList);
}

describe('a connection that is not what it should be', function () {
  this.timeout(30_000);

  const open: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });
  after(removeFolders);

  async function portOf(server: Server): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(() => void server.close());
    return (server.address() as AddressInfo).port;
  }

  async function proxyWith(plans: readonly FaultPlan[] = []) {
    const account = createAccount([reclaimedRow('i-1')]);
    const proxy = await startFaultyProxy(account, plans);
    open.push(proxy.close);
    return { account, proxy };
  }

  it('a closed port: exit 69', async () => {
    const server = createTcpServer();
    const port = await portOf(server);
    server.close();
    const { report } = await runMigrate(`http://127.0.0.1:${port}`);
    expect(report.error?.code).to.equal('network_unreachable');
    expect(report.exitCode).to.equal(69);
  });

  it('a certificate that nobody vouches for: exit 69, and no request gets out', async () => {
    let requests = 0;
    const server = createHttpsServer(selfSignedCertificate(), () => (requests += 1));
    const { report } = await runMigrate(`https://127.0.0.1:${await portOf(server)}`);
    expect(report.error?.code).to.equal('tls_failed');
    expect(report.exitCode).to.equal(69);
    expect(requests).to.equal(0);
  });

  it('plain HTTP where https is expected: exit 69, and the key never crosses it', async () => {
    let received = '';
    const server = createHttpServer();
    server.on('connection', (socket) => socket.on('data', (data) => (received += data.toString('latin1'))));
    const { report } = await runMigrate(`https://127.0.0.1:${await portOf(server)}`);
    expect(report.error?.code).to.equal('tls_failed');
    expect(report.exitCode).to.equal(69);
    expect(received).not.to.equal('');
    expect(received).not.to.contain(canaryKey);
  });

  for (const code of [301, 302, 303, 307, 308]) {
    it(`a ${code} to another server: exit 76, and that server is never asked`, async () => {
      let connections = 0;
      const other = createHttpServer();
      other.on('connection', () => (connections += 1));
      const location = `http://127.0.0.1:${await portOf(other)}/elsewhere`;
      const { proxy } = await proxyWith([{ ...list, fault: faults.redirect(code, () => location) }]);
      const { report } = await runMigrate(proxy.baseUrl);
      expect(report.error?.code).to.equal('redirect_refused');
      expect(report.exitCode).to.equal(76);
      expect({ connections, posts: proxy.posts() }).to.deep.equal({ connections: 0, posts: 0 });
    });
  }

  it('a 307 in answer to the migrate request: neither followed nor sent again', async () => {
    let connections = 0;
    const other = createHttpServer();
    other.on('connection', () => (connections += 1));
    const location = `http://127.0.0.1:${await portOf(other)}/elsewhere`;
    const { proxy } = await proxyWith([{ ...migrate, fault: faults.redirect(307, () => location) }]);
    const { report } = await runMigrate(proxy.baseUrl);
    expect(report.instances[0]?.outcome).to.equal('unknown');
    expect(report.exitCode).to.equal(21);
    expect({ connections, posts: proxy.posts() }).to.deep.equal({ connections: 0, posts: 1 });
  });

  it('a reset of the connection of the migrate request before any of it is read: unknown', async () => {
    const { account, proxy } = await proxyWith([
      { ...jobs, fault: (exchange) => before(exchange, proxy.resetNextConnection) },
    ]);
    const { report } = await runMigrate(proxy.baseUrl);
    expect(report.instances[0]?.outcome).to.equal('unknown');
    expect(report.instances[0]?.attempts).to.equal(1);
    expect({ posts: proxy.posts(), applied: account.applied }).to.deep.equal({ posts: 0, applied: [] });
  });

  it('a server that is gone when the migrate request is to be sent: sent four times, failed', async () => {
    const { proxy } = await proxyWith([
      { ...jobs, fault: (exchange) => before(exchange, proxy.stopListening) },
    ]);
    const { report } = await runMigrate(proxy.baseUrl);
    expect(report.instances[0]).to.include({ outcome: 'failed', attempts: 4 });
    expect(report.instances[0]?.error?.code).to.equal('network_unreachable');
    expect({ exitCode: report.exitCode, posts: proxy.posts() }).to.deep.equal({ exitCode: 21, posts: 0 });
  });

  it('a server that comes back between two attempts: sent again, migrated', async () => {
    const { account, proxy } = await proxyWith([
      { ...jobs, fault: (exchange) => before(exchange, proxy.stopListening) },
    ]);
    const environment = { ...quickEnvironment(proxy.baseUrl, newFolder()), MIGRATION_RETRY_BASE_MS: '300' };
    const { child, ended } = startProgram(['migrate', '-o', 'json'], { environment });
    let back: Promise<void> | null = null;
    child.stderr?.on('data', (text: string) => {
      if (text.includes('migrate_retried')) back ??= proxy.listenAgain();
    });
    const report = oneDocument(await ended);
    expect(report.instances[0]?.outcome).to.equal('migrated');
    expect(report.instances[0]?.attempts).to.be.greaterThan(1);
    expect({ posts: proxy.posts(), applied: account.applied }).to.deep.equal({ posts: 1, applied: ['i-1'] });
  });

  it('sends the key in the Authorization header of every request', async () => {
    const { proxy } = await proxyWith();
    await runMigrate(proxy.baseUrl);
    expect(proxy.seen.map(({ path }) => path)).to.deep.equal([
      '/gpu/instances',
      '/jobs',
      '/gpu/instance/migrate',
    ]);
    expect(proxy.connections(), 'one for the reads, one for the POST').to.equal(2);
    expect(new Set(proxy.seen.map(({ authorization }) => authorization))).to.deep.equal(
      new Set([`Bearer ${canaryKey}`]),
    );
  });
});
