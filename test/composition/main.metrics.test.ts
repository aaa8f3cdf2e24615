import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Report } from '../../src/core/report.js';
import { main } from '../../src/main.js';
import { closedPort } from '../support/service.js';
import { readSeries } from '../support/metricsText.js';
import { fakeSystem, reportOf } from './fakeSystem.js';
import { useSharedSandbox } from './onSharedSandbox.js';

const password = 'pass-word-100%';

/** What differs between any two runs, and what tells of the metrics themselves. */
function withoutTimes({
  runId,
  startedAt,
  finishedAt,
  durationMs,
  deliveries,
  reclaimNotices,
  ...rest
}: Report) {
  expect([runId, startedAt, finishedAt, durationMs, deliveries, reclaimNotices]).not.to.include(undefined);
  const instances = rest.instances.map(({ id, verdict, reason, outcome }) => ({
    id,
    verdict,
    reason,
    outcome,
  }));
  return { ...rest, instances };
}

describe('main, with metrics', () => {
  const { at, system } = useSharedSandbox();
  const series = () => readSeries(readFileSync(at('spot.prom'), 'utf8'));

  it('changes nothing but a warning when they cannot be delivered', async () => {
    const plain = fakeSystem();
    const code = await main(['migrate', '--sandbox', '-o', 'json'], plain);
    mkdirSync(at('spot.prom'));
    const gateway = `http://someone:${encodeURIComponent(password)}@127.0.0.1:${await closedPort()}/a-secret-path`;
    const flags = ['--metrics-file', at('spot.prom'), '--pushgateway-url', gateway];
    const told = fakeSystem();
    expect(await main(['migrate', '--sandbox', '-o', 'json', ...flags], told))
      .to.equal(code)
      .and.equal(0);
    expect(withoutTimes(reportOf(told))).to.deep.equal(withoutTimes(reportOf(plain)));
    expect(reportOf(told).deliveries).to.deep.equal([
      {
        channel: 'metrics_file',
        delivered: false,
        attempts: 1,
        notices: null,
        error: `${at('spot.prom')} is a folder`,
      },
      {
        channel: 'pushgateway',
        delivered: false,
        attempts: 4,
        notices: null,
        error: 'no connection (ECONNREFUSED)',
      },
    ]);
    expect(told.logged().match(/delivery_failed/g)).to.have.length(2);
    for (const secret of [
      password,
      'a-secret-path',
      'someone',
      Buffer.from(`someone:${password}`).toString('base64'),
    ])
      expect(told.logged() + told.printed()).not.to.include(secret);
    expect(readdirSync(at())).to.deep.equal(['spot.prom']);
  }).timeout(20_000);

  it('sends the credentials of the URL, and shows them to nobody else', async () => {
    const seen: (string | undefined)[] = [];
    const gateway = createServer((request, response) => {
      seen.push(request.headers.authorization, request.url);
      response.writeHead(401).end(`you sent ${request.headers.authorization ?? ''}`);
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const { port } = gateway.address() as AddressInfo;
    const url = `http://someone:${encodeURIComponent(password)}@127.0.0.1:${port}/a-secret-path/`;
    const told = fakeSystem({ environment: { NOVITA_ACCOUNT: 'team-a', MIGRATION_LOG_LEVEL: 'debug' } });
    expect(await main(['check', '--sandbox', '-o', 'json', '--pushgateway-url', url], told)).to.equal(0);
    gateway.close();
    const credentials = Buffer.from(`someone:${password}`).toString('base64');
    expect(seen).to.deep.equal([
      `Basic ${credentials}`,
      '/a-secret-path/metrics/job/novita-spot/account/team-a',
    ]);
    expect(reportOf(told).deliveries[0]).to.include({ delivered: false, error: 'HTTP 401' });
    for (const secret of [password, 'a-secret-path', 'someone', credentials])
      expect(told.logged() + told.printed()).not.to.include(secret);
  });

  it('leaves instances out when the list cannot be read', async () => {
    const environment = {
      MIGRATION_METRICS_FILE: at('spot.prom'),
      NOVITA_API_BASE_URL: 'http://127.0.0.1:1',
    };
    expect(await main(['migrate'], system(environment))).to.equal(69);
    expect(series().get('novita_spot_last_run_exit_code')).to.equal(69);
    expect(series().get('novita_spot_last_run_list_complete')).to.equal(0);
    expect([...series().keys()].join()).not.to.match(/instances|migrations|skips|notices|outage|reclaim/);
  });

  it('says nothing of the account when it was asked about one instance', async () => {
    const flags = ['--metrics-file', at('spot.prom')];
    expect(await main(['check', 'fc4d1a013b4ad6d6', '--sandbox', ...flags], fakeSystem())).to.equal(0);
    expect(series().get('novita_spot_last_run_instances{count="total"}')).to.equal(1);
    expect([...series().keys()].join()).not.to.match(/novita_spot_instances|notices|outage|_down|to_running/);
  });

  it('keeps the name of the account when its configuration is wrong', async () => {
    const environment = {
      NOVITA_ACCOUNT: 'team-a',
      NOVITA_API_KEY: '',
      MIGRATION_METRICS_FILE: at('{account}.prom'),
    };
    const wrong = system(environment);
    expect(await main(['migrate', '-o', 'json'], wrong)).to.equal(78);
    expect(reportOf(wrong).account).to.equal('team-a');
    const text = readFileSync(at('team-a.prom'), 'utf8');
    expect(text).to.include('novita_spot_last_run_exit_code{account="team-a"} 78');
  });

  it('does not tell of a look around', async () => {
    const environment = { MIGRATION_METRICS_FILE: at('spot.prom') };
    expect(await main(['check'], system(environment))).to.equal(0);
    expect(await main(['migrate', '--dry-run'], system(environment))).to.equal(0);
    expect(readdirSync(at())).not.to.include('spot.prom');
    expect(await main(['migrate'], system(environment))).to.be.oneOf([0, 20]);
    expect(readdirSync(at())).to.include('spot.prom');
  });
});
