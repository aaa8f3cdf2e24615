import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { readSeries } from '../support/metricsText.js';
import { canaryKey, newFolder, oneDocument, removeFolders, runMigrate } from '../support/migrateRun.js';
import { runProgram } from '../support/runProgram.js';
import { closedPort, type Service, startService } from '../support/service.js';

type Series = ReadonlyMap<string, number>;

describe('Pushgateway', () => {
  let gateway: Service;
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: canaryKey });
    gateway = await startService(
      'prometheus-pushgateway',
      (address) => [`--web.listen-address=${address}`, `--persistence.file=${join(newFolder(), 'metrics')}`],
      '/-/ready',
    );
  });
  afterEach(async () => {
    await gateway.stop();
    await sandbox.close();
    removeFolders();
  });

  const scrape = async (): Promise<Series> =>
    readSeries(await (await fetch(`${gateway.url}/metrics`)).text());

  /** A series as the gateway serves it: with the labels of its group. */
  function inGroup(name: string): string {
    const [, metric = '', labels = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(name) ?? [];
    const own = labels === '' ? [] : labels.split(',');
    return `${metric}{${[...own, 'instance=""', 'job="novita-spot"'].sort().join(',')}}`;
  }

  /** Runs once, writes the metrics to a file as well, and returns both. */
  async function pushed(baseUrl: string, environment: Readonly<Record<string, string>> = {}) {
    const path = join(newFolder(), 'spot.prom');
    const { report } = await runMigrate(baseUrl, {
      MIGRATION_PUSHGATEWAY_URL: gateway.url,
      MIGRATION_METRICS_FILE: path,
      ...environment,
    });
    expect(report.deliveries.map(({ channel, delivered }) => [channel, delivered])).to.deep.equal([
      ['metrics_file', true],
      ['pushgateway', true],
    ]);
    return { report, written: readSeries(readFileSync(path, 'utf8')) };
  }

  function expectSame(scraped: Series, written: Series): void {
    expect(written.size).to.be.above(5);
    for (const [name, value] of written) expect(scraped.get(inGroup(name)), inGroup(name)).to.equal(value);
  }

  for (const account of [null, 'team-a']) {
    it(`serves what was pushed ${account === null ? 'without' : 'with'} an account`, async () => {
      const { report, written } = await pushed(
        sandbox.baseUrl,
        account === null ? {} : { NOVITA_ACCOUNT: account },
      );
      const scraped = await scrape();
      expectSame(scraped, written);
      const labels = account === null ? '' : `account="${account}",`;
      const outcome = `novita_spot_last_run_migrations{${labels}instance="",job="novita-spot",outcome="migrated"}`;
      expect(scraped.get(outcome)).to.equal(report.summary.migrated).and.equal(4);
    });
  }

  it('keeps the last success, and what was last known of instances, after a run that failed', async () => {
    const first = await pushed(sandbox.baseUrl);
    const failed = await pushed('http://127.0.0.1:1');
    expect(failed.report.exitCode).to.equal(69);
    const scraped = await scrape();
    expectSame(scraped, failed.written);
    for (const name of ['novita_spot_last_success_timestamp_seconds', 'novita_spot_reclaimed_instances_down'])
      expect(scraped.get(inGroup(name)), name)
        .to.equal(first.written.get(name))
        .and.be.above(0);
  });

  it('keeps accounts apart', async () => {
    const a = await pushed(sandbox.baseUrl, { NOVITA_ACCOUNT: 'team-a' });
    const b = await pushed('http://127.0.0.1:1', { NOVITA_ACCOUNT: 'team-b' });
    const none = await pushed(sandbox.baseUrl);
    const scraped = await scrape();
    for (const { written } of [a, b, none]) expectSame(scraped, written);
    expect(scraped.get(inGroup('novita_spot_last_run_exit_code{account="team-b"}'))).to.equal(69);
    expect(scraped.get(inGroup('novita_spot_last_run_exit_code{account="team-a"}'))).to.equal(0);
  });

  describe('that does not take it', () => {
    const migrate = ['migrate', '--sandbox', '-o', 'json'];
    const withoutTimes = ({
      runId,
      startedAt,
      finishedAt,
      durationMs,
      deliveries,
      instances,
      reclaimNotices,
      ...rest
    }: Report) => ({
      ...rest,
      kinds: [runId, startedAt, finishedAt, durationMs, deliveries, reclaimNotices].map(
        (value) => typeof value,
      ),
      instances: instances.map(({ id, reason, outcome, attempts }) => ({ id, reason, outcome, attempts })),
    });

    async function slowServer() {
      const server = createServer(() => undefined).listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }

    const faults: readonly (readonly [string, () => Promise<string>, string])[] = [
      ['is down', async () => `http://127.0.0.1:${await closedPort()}`, 'no connection (ECONNREFUSED)'],
      // An odd number of labels in the path.
      ['answers 400', () => Promise.resolve(`${gateway.url}/metrics/job/other`), 'HTTP 400'],
    ];
    for (const [title, url, error] of faults) {
      it(`because it ${title}, is a warning and no more`, async () => {
        await expectWarning(await url(), error);
      });
    }

    it('because it is slow, is a warning and no more', async () => {
      const server = await slowServer();
      try {
        const startedAt = performance.now();
        await expectWarning(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'no answer in');
        expect(performance.now() - startedAt).to.be.within(4_900, 15_000);
      } finally {
        server.closeAllConnections();
        server.close();
      }
    });

    async function expectWarning(url: string, error: string): Promise<void> {
      const plain = await runProgram(migrate);
      const told = await runProgram([...migrate, '--pushgateway-url', url]);
      expect(told.code).to.equal(plain.code).and.equal(0);
      expect(withoutTimes(oneDocument(told))).to.deep.equal(withoutTimes(oneDocument(plain)));
      const [delivery] = oneDocument(told).deliveries;
      expect(delivery).to.include({ channel: 'pushgateway', delivered: false });
      expect(delivery?.error).to.include(error);
      expect(told.stderr).to.include('delivery_failed');
      expect(told.stderr + told.stdout).not.to.include(url);
    }
  });
});
