import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { metricDefinitions } from '../../src/report/metrics/definitions.js';
import { dashboardExpressions, readDashboard } from '../support/dashboard.js';
import { metricNamesIn } from '../support/metricsText.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { promtool, rulesFolder } from '../support/promtool.js';
import { runProgram } from '../support/runProgram.js';
import { closedPort } from '../support/service.js';

describe('promtool', () => {
  after(removeFolders);

  const every = Object.keys(metricDefinitions);
  const instanceMetrics = /instances|migrations|skips|notices|outage|reclaim|settled/;
  const success = 'novita_spot_last_success_timestamp_seconds';
  const ofNoList = every.filter((name) => !instanceMetrics.test(name) && name !== success);
  const runs: readonly (readonly [string, readonly string[], number, readonly string[]])[] = [
    ['a success', ['migrate', '--sandbox'], 0, every],
    ['a failure', ['migrate'], 69, ofNoList],
    ['a dry run', ['migrate', '--sandbox', '--dry-run'], 0, every],
    [
      'a dry run with detail',
      ['migrate', '--sandbox', '--dry-run', '--detailed-exitcode'],
      2,
      every.filter((name) => name !== success),
    ],
    ['a check', ['check', '--sandbox'], 0, every],
    [
      'an empty account',
      ['check', '--sandbox', 'empty'],
      0,
      every.filter((name) => name !== 'novita_spot_next_reclaim_timestamp_seconds'),
    ],
    ['a configuration that is wrong', ['migrate', '--max-concurrent', 'none'], 78, ofNoList],
  ];
  for (const [title, args, code, names] of runs) {
    for (const account of [null, 'team-a.1']) {
      it(`finds nothing wrong with the metrics of ${title}, ${account === null ? 'without' : 'with'} an account`, async () => {
        const path = join(newFolder(), 'spot.prom');
        const environment = {
          NOVITA_API_KEY: 'a-key-of-nobody',
          NOVITA_API_BASE_URL: `http://127.0.0.1:${await closedPort()}`,
          MIGRATION_RETRY_BASE_MS: '1',
          ...(account === null ? {} : { NOVITA_ACCOUNT: account }),
        };
        const ended = await runProgram([...args, '--metrics-file', path], { environment });
        expect(ended.code, ended.stderr).to.equal(code);
        const text = readFileSync(path, 'utf8');
        expect(metricNamesIn(text)).to.have.members([...names]);
        expect(promtool(['check', 'metrics'], text)).to.deep.equal({ code: 0, said: '' });
        expect(text.includes('account=')).to.equal(account !== null);
      });
    }
  }

  it('would say when metrics are not right', () => {
    expect(promtool(['check', 'metrics'], '# TYPE bad_total gauge\nbad_total 1\n').code).not.to.equal(0);
  });

  it('finds nothing wrong with the rules', () => {
    const { code, said } = promtool(['check', 'rules', join(rulesFolder, 'rules.yml')]);
    expect(code, said).to.equal(0);
  });

  it('passes the tests of the rules', () => {
    const { code, said } = promtool(['test', 'rules', join(rulesFolder, 'rules.test.yml')]);
    expect(code, said).to.equal(0);
  }).timeout(120_000);

  it('understands every expression of the dashboard', () => {
    const expressions = dashboardExpressions(readDashboard()).map((expr) =>
      expr.replaceAll('$account', '.*'),
    );
    expect(expressions.join('\n')).not.to.include('$');
    // JSON is YAML.
    const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }));
    const path = join(newFolder(), 'panels.yml');
    writeFileSync(path, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    const { code, said } = promtool(['check', 'rules', path]);
    expect(code, said).to.equal(0);
    expect(said).to.include(`${expressions.length} rules found`);
  });
});
