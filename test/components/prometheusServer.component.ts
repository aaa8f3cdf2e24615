import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { dashboardExpressions, readDashboard } from '../support/dashboard.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { rulesFolder } from '../support/promtool.js';
import { runProgram } from '../support/runProgram.js';
import { type Service, startService } from '../support/service.js';

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

describe('Prometheus', () => {
  let gateway: Service;
  let prometheus: Service;
  before(async () => {
    const folder = newFolder();
    gateway = await startService(
      'prometheus-pushgateway',
      (address) => [`--web.listen-address=${address}`, `--persistence.file=${join(folder, 'pushed')}`],
      '/-/ready',
    );
    for (const environment of [{}, { NOVITA_ACCOUNT: 'team-a' }]) {
      const flags = ['--sandbox', '--dry-run', '--pushgateway-url', gateway.url];
      expect((await runProgram(['migrate', ...flags], { environment })).code).to.equal(0);
    }
    const target = { job_name: 'pushgateway', honor_labels: true, scrape_interval: '1s' };
    const config = {
      global: { evaluation_interval: '1s' },
      rule_files: [join(rulesFolder, 'rules.yml')],
      scrape_configs: [{ ...target, static_configs: [{ targets: [new URL(gateway.url).host] }] }],
    };
    // JSON is YAML.
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify(config));
    prometheus = await startService(
      'prometheus',
      (address) => [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=${address}`,
      ],
      '/-/ready',
    );
    while ((await query('ALERTS{alertname="NovitaSpotReclaimNotice"}')).length < 2) await sleep(200);
  });
  after(async () => {
    await prometheus.stop();
    await gateway.stop();
    removeFolders();
  });

  async function query(expr: string): Promise<readonly Sample[]> {
    const answer = await fetch(
      `${prometheus.url}/api/v1/query?${new URLSearchParams({ query: expr }).toString()}`,
    );
    const body = (await answer.json()) as {
      status: string;
      error?: string;
      data: { result: readonly Sample[] };
    };
    expect(body.status, body.error).to.equal('success');
    return body.data.result;
  }

  for (const [title, account] of [
    ['all accounts', '.*'],
    ['one account', 'team-a'],
    ['the account that has no name', ''],
  ] as const) {
    it(`has an answer for every panel, of ${title}`, async () => {
      for (const expr of dashboardExpressions(readDashboard())) {
        const samples = await query(expr.replaceAll('$account', account));
        // Nothing came back in a sandbox that was started a moment ago.
        if (expr.includes('reclaim_to_running_seconds_sum')) expect(samples, expr).to.deep.equal([]);
        else expect(samples, expr).not.to.be.empty;
      }
    });
  }

  it('alerts of each account by itself, and of no more than there is', async () => {
    const alerts = await query('ALERTS');
    const named = alerts.map(({ metric }) => `${metric['alertname'] ?? ''} ${metric['alertstate'] ?? ''}`);
    expect([...new Set(named)].sort()).to.deep.equal([
      'NovitaSpotInstancesDown pending',
      'NovitaSpotLongOutage pending',
      'NovitaSpotReclaimNotice firing',
    ]);
    const accounts = alerts
      .filter(({ metric }) => metric['alertname'] === 'NovitaSpotReclaimNotice')
      .map(({ metric }) => metric['account']);
    expect(accounts).to.have.members([undefined, 'team-a']);
  });

  it('evaluates every rule', async () => {
    const answer = await fetch(`${prometheus.url}/api/v1/rules`);
    const { data } = (await answer.json()) as {
      data: { groups: readonly { rules: readonly { name: string; health: string; lastError?: string }[] }[] };
    };
    const rules = data.groups.flatMap((group) => group.rules);
    expect(rules).not.to.be.empty;
    for (const { name, health, lastError } of rules)
      expect(health, `${name} ${lastError ?? ''}`).to.equal('ok');
  });
});
