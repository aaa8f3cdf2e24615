import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ICronJob } from 'kubernetes-models/batch/v1';
import { createAccount, reclaimedRow } from '../support/account.js';
import { partsOf } from '../support/cronJobParts.js';
import { blackHole } from '../support/faults.js';
import { type FaultPlan, type FaultyProxy, startFaultyProxy } from '../support/faultyProxy.js';
import { makeImageRoot } from '../support/imageRoot.js';
import { processInImage, putSecret, startInImage } from '../support/inImage.js';
import { readManifest } from '../support/manifests.js';
import { canaryKey } from '../support/migrateRun.js';
import { until } from '../support/until.js';

const { container, environment } = partsOf(readManifest('base/cron-job.yaml') as ICronJob);
const keyFile = environment.get('NOVITA_API_KEY_FILE') ?? '';
const volume = container.volumeMounts?.find(({ name }) => name === 'state')?.mountPath ?? '';
const group = 65532;

describe('the container image', function () {
  this.timeout(120_000);

  let folder: string;
  let root: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'novita-spot-image-'));
    root = makeImageRoot(folder);
    putSecret(root, keyFile, canaryKey, group);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const started: ChildProcess[] = [];
  const proxies: FaultyProxy[] = [];
  afterEach(async () => {
    for (const child of started.splice(0)) child.kill('SIGKILL');
    for (const proxy of proxies.splice(0)) await proxy.close();
  });

  function start(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const environment = { ...environmentOfPod(), ...more };
    const run = startInImage({ root, volume, environment, args });
    started.push(run.child);
    return run;
  }

  /** A run as the CronJob starts it, on an account with one reclaimed instance. */
  async function startAsCronJob(plans: readonly FaultPlan[] = []) {
    const account = createAccount([reclaimedRow('i-1')]);
    const proxy = await startFaultyProxy(account, plans);
    proxies.push(proxy);
    return { account, proxy, ...start(container.args ?? [], { NOVITA_API_BASE_URL: proxy.baseUrl }) };
  }

  it('holds the program and nothing else', () => {
    const app = join(root, 'app');
    expect(readdirSync(app)).to.have.members(['LICENSE', 'bin', 'dist', 'package.json']);
    expect(readdirSync(join(app, 'bin'))).to.have.members(['novita-spot.js', 'package.json']);
    for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
      const { mode } = statSync(join(entry.parentPath, entry.name));
      expect(mode & 0o222, `${entry.name} can be written to`).to.equal(0);
      expect(mode & 0o004, `${entry.name} can be read by everybody`).to.equal(0o004);
    }
  });

  it('runs without a shell, without packages and without a place to write to', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'app/package.json'), 'utf8')) as {
      version: string;
    };
    const { code, stdout, stderr } = await start(['--version']).ended;
    expect({ code, stdout, stderr }).to.deep.equal({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('runs on the sandbox, and ends with 0', async () => {
    const { code, stdout, stderr } = await start(['migrate', '--sandbox', '--yes']).ended;
    expect(code, stderr).to.equal(0);
    expect(stdout).to.include('4 eligible, 4 migrated');
  });

  it('runs as the CronJob starts it: reads the key, keeps its state, migrates', async () => {
    const { account, proxy, ended } = await startAsCronJob();
    const { code, stdout, stderr } = await ended;
    expect(code, stderr).to.equal(0);
    expect(account.applied).to.deep.equal(['i-1']);
    expect(proxy.seen[0]?.authorization).to.equal(`Bearer ${canaryKey}`);
    expect(JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '')).to.include({
      event: 'summary',
      migrated: 1,
    });
    expect(stdout + stderr).to.not.include(canaryKey);
  });

  it('is PID 1, and ends with 143 on SIGTERM while it waits for an answer', async () => {
    const run = await startAsCronJob([{ method: 'GET', path: '/gpu/instances', fault: blackHole }]);
    await until(() => run.proxy.seen.length === 1);
    const { outside, inside } = processInImage(run.child);
    expect(inside).to.equal(1);
    const struckAt = performance.now();
    process.kill(outside, 'SIGTERM');
    const { code, stderr } = await run.ended;
    expect(code, stderr).to.equal(143);
    expect(performance.now() - struckAt).to.be.lessThan(5_000);
  });
});

function environmentOfPod(): Readonly<Record<string, string>> {
  return Object.fromEntries([...environment].map(([name, value = '']) => [name, value]));
}
