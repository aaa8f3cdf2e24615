import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { readSeries } from '../support/metricsText.js';
import { canaryKey, newFolder, removeFolders, runMigrate } from '../support/migrateRun.js';
import { type Service, startService } from '../support/service.js';

describe('node_exporter', () => {
  let folder: string;
  let exporter: Service;
  let sandbox: Sandbox;
  beforeEach(async () => {
    folder = newFolder();
    sandbox = await startSandbox({ scenario: 'demo', now: () => Date.now(), apiKey: canaryKey });
    exporter = await startService(
      'prometheus-node-exporter',
      (address) => [
        `--web.listen-address=${address}`,
        '--web.disable-exporter-metrics',
        '--collector.disable-defaults',
        '--collector.textfile',
        `--collector.textfile.directory=${folder}`,
      ],
      '/metrics',
    );
  });
  afterEach(async () => {
    await exporter.stop();
    await sandbox.close();
    removeFolders();
  });

  const scrape = async () => readSeries(await (await fetch(`${exporter.url}/metrics`)).text());
  const metricsAt = (name: string) => ({ MIGRATION_METRICS_FILE: join(folder, name) });

  /** What a report says, by the series that has to say the same. */
  function expectedOf({ summary, requests, finishedAt, durationMs, exitCode, account }: Report) {
    const series = (name: string, label = ''): string => {
      const labels = [
        ...(account === null ? [] : [`account="${account}"`]),
        ...(label === '' ? [] : [label]),
      ];
      return `novita_spot_${name}${labels.length === 0 ? '' : `{${labels.join(',')}}`}`;
    };
    return new Map([
      [series('last_run_timestamp_seconds'), Date.parse(finishedAt) / 1000],
      [series('last_run_duration_seconds'), durationMs / 1000],
      [series('last_run_exit_code'), exitCode],
      [series('last_run_requests', 'method="GET"'), requests.get],
      [series('last_run_requests', 'method="POST"'), requests.post],
      [series('last_run_request_retries'), requests.retries],
      [series('last_run_instances', 'count="total"'), summary.total],
      [series('last_run_instances', 'count="eligible"'), summary.eligible],
      [series('last_run_instances', 'count="not_started"'), summary.notStarted],
      [series('last_run_migrations', 'outcome="migrated"'), summary.migrated],
      [series('instances', 'status="exited"'), summary.exited],
    ]);
  }

  function expectSame(scraped: ReadonlyMap<string, number>, report: Report): void {
    for (const [name, value] of expectedOf(report)) expect(scraped.get(name), name).to.equal(value);
  }

  it('reads what a run wrote, and nothing is left beside it', async () => {
    const before = process.umask(0o077);
    const { report } = await runMigrate(sandbox.baseUrl, metricsAt('spot.prom')).finally(() =>
      process.umask(before),
    );
    expect(report.summary).to.include({ total: 13, migrated: 4 });
    const scraped = await scrape();
    expectSame(scraped, report);
    const written = readSeries(readFileSync(join(folder, 'spot.prom'), 'utf8'));
    for (const [name, value] of written) expect(scraped.get(name), name).to.equal(value);
    expect(scraped.get('node_textfile_scrape_error')).to.equal(0);
    expect(statSync(join(folder, 'spot.prom')).mode & 0o777).to.equal(0o644);
    expect(readdirSync(folder)).to.deep.equal(['spot.prom']);
  });

  it('reads a run without an account, runs of accounts, and one that failed side by side', async () => {
    const runs = [
      await runMigrate(sandbox.baseUrl, metricsAt('spot.prom')),
      await runMigrate(sandbox.baseUrl, { ...metricsAt('{account}.prom'), NOVITA_ACCOUNT: 'team-a' }),
    ];
    const failed = await runMigrate('http://127.0.0.1:1', {
      ...metricsAt('{account}.prom'),
      NOVITA_ACCOUNT: 'team-b',
    });
    const scraped = await scrape();
    for (const { report } of runs) expectSame(scraped, report);
    expect(failed.report.exitCode).to.equal(69);
    expect(scraped.get('novita_spot_last_run_exit_code{account="team-b"}')).to.equal(69);
    expect([...scraped.keys()].filter((name) => /instances.*team-b/.test(name))).to.deep.equal([]);
    expect(scraped.get('node_textfile_scrape_error')).to.equal(0);
  });

  it('keeps the last success through runs that fail, without a journal', async () => {
    const { report } = await runMigrate(sandbox.baseUrl, metricsAt('spot.prom'));
    expect(report.exitCode).to.equal(0);
    await runMigrate('http://127.0.0.1:1', metricsAt('spot.prom'));
    await runMigrate('http://127.0.0.1:1', metricsAt('spot.prom'));
    const scraped = await scrape();
    expect(scraped.get('novita_spot_last_run_exit_code')).to.equal(69);
    expect(scraped.get('novita_spot_last_success_timestamp_seconds')).to.equal(
      Date.parse(report.finishedAt) / 1000,
    );
  });
});
