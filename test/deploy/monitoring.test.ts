import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { exitCodes } from '../../src/core/exitCode.js';
import { metricDefinitions } from '../../src/report/metrics/definitions.js';
import { dashboardExpressions, readDashboard } from '../support/dashboard.js';

const rules = readFileSync(new URL('../../deploy/prometheus/rules.yml', import.meta.url), 'utf8');
const ruleTests = readFileSync(new URL('../../deploy/prometheus/rules.test.yml', import.meta.url), 'utf8');
const ruleExpressions = [...rules.matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr);
const alerts = [...rules.matchAll(/^ +- alert: (\w+)$/gm)].map(([, name = '']) => name);
const dashboard = readDashboard();
const panelExpressions = dashboardExpressions(dashboard);

const series = Object.entries(metricDefinitions).flatMap(([name, { type }]) =>
  type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
);
const namesIn = (expressions: readonly string[]): readonly string[] =>
  expressions.flatMap((expr) => expr.match(/novita_spot_\w+/g) ?? []);

describe('Rules and dashboard', () => {
  for (const expr of [...ruleExpressions, ...panelExpressions]) {
    it(`ask for metrics that exist: ${expr}`, () => {
      const names = namesIn([expr]);
      expect(names).not.to.be.empty;
      expect(series).to.include.members([...names]);
    });
  }

  it('use every metric', () => {
    const used = new Set(namesIn([...ruleExpressions, ...panelExpressions]));
    expect(series.filter((name) => !used.has(name))).to.deep.equal([]);
  });

  it('take no rate of a snapshot', () => {
    const expressions = [...ruleExpressions, ...panelExpressions].join('\n');
    expect(expressions).not.to.match(/\b(i?rate|increase|i?delta|deriv|resets)\(/);
  });
});

describe('Rules', () => {
  it('give every alert a duration, a severity and what to do', () => {
    const blocks = rules.split('- alert: ').slice(1);
    expect(blocks).to.have.length(alerts.length).and.not.be.empty;
    for (const block of blocks) {
      expect(block).to.match(
        /^\w+\n +expr: .+\n +for: \d+[mh]\n +labels:\n +severity: (critical|warning|info)\n +annotations:\n +summary: '.+'\n +description: '.+'\n/,
      );
    }
  });

  it('are all tested, with and without an account', () => {
    for (const alert of alerts) {
      const fired = [...ruleTests.matchAll(new RegExp(`ALERTS\\{alertname="${alert}",.+?\\}`, 'g'))].map(
        String,
      );
      expect(ruleTests, alert).to.match(new RegExp(`alertname="${alert}".+\n.+\n +exp_samples: \\[\\]`));
      if (alert === 'NovitaSpotAbsent') continue;
      expect(
        fired.some((labels) => labels.includes('account="')),
        `${alert} with an account`,
      ).to.be.true;
      const unnamed = fired.filter((labels) => labels.includes('severity=') && !labels.includes('account='));
      expect(unnamed, `${alert} without an account`).not.to.be.empty;
    }
  });

  it('know what each exit code means for them', () => {
    const codesOf = (alert: string): readonly number[] => {
      const expr = ruleExpressions[alerts.indexOf(alert)] ?? '';
      return [...expr.matchAll(/exit_code == (\d+)/g)].map(([, code]) => Number(code));
    };
    const lasting = [exitCodes.usage, exitCodes.auth, exitCodes.config];
    expect(codesOf('NovitaSpotRefused')).to.deep.equal(lasting);
    expect(codesOf('NovitaSpotRunFailed')).to.deep.equal([exitCodes.changes, ...lasting]);
  });
});

describe('Dashboard', () => {
  it('lets its user choose the data source and the accounts', () => {
    const { list } = dashboard.templating;
    expect(list.map(({ name, type }) => [name, type])).to.deep.equal([
      ['datasource', 'datasource'],
      ['account', 'query'],
    ]);
    // An account without a name has no label, which ".*" matches as well.
    expect(list[1]).to.include({ allValue: '.*' });
    for (const { type, datasource } of dashboard.panels) {
      if (type !== 'row') expect(datasource?.uid).to.equal('${datasource}');
    }
    for (const expr of panelExpressions) expect(expr).to.include('account=~"$account"');
  });

  it('shows a name for every exit code', () => {
    const text = JSON.stringify(dashboard.panels.find(({ title }) => title === 'Exit code of the last run'));
    for (const code of Object.values(exitCodes)) expect(text).to.include(`"${code}":{"text":"${code} `);
  });

  it('numbers its panels, and fills each but the rows', () => {
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { type, title, targets = [] } of dashboard.panels)
      expect(targets.length > 0, title).to.equal(type !== 'row');
    expect(dashboard.schemaVersion).to.be.at.least(39);
  });
});
