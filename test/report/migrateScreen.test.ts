import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import { failureOf } from '../../src/core/failure.js';
import { planMigrations } from '../../src/core/plan.js';
import type { PriceByInstance } from '../../src/core/price.js';
import { buildReport, type Report } from '../../src/core/report.js';
import { type InstanceResult, summarize } from '../../src/core/summary.js';
import { renderMigrate } from '../../src/report/migrateScreen.js';
import { renderPlan } from '../../src/report/plan.js';
import { coloured, plain } from '../../src/report/style.js';
import { aDecision, aReportInput, aResult, now } from '../support/builders.js';

const nowMs = now * 1000;
const volumes = [{ mountPath: '/workspace' }, { mountPath: '/data/with/a/rather/long/path' }];
const prices: PriceByInstance = new Map([
  ['i-1', 0.275],
  ['i-2', 1.28],
]);
const decisions = [
  aDecision({ id: 'i-1', name: 'llama' }),
  aDecision({ id: 'i-2', name: '実験-キャッシュ-トレーニング', localVolumes: volumes.slice(0, 1) }),
  aDecision({ id: 'i-3', name: '', productName: null, clusterName: null, localVolumes: volumes }),
  aDecision({ id: 'i-4', name: 'x'.repeat(200) }),
];

function migrateReport(results: readonly InstanceResult[], dryRun = false): Report {
  const summary = summarize(results);
  return buildReport(aReportInput({ results, summary, dryRun, prices }));
}

function widestOf(screen: string): number {
  return Math.max(...screen.split('\n').map((line) => stringWidth(line)));
}

describe('the plan', () => {
  const plan = planMigrations(decisions, 0);
  const render = (width: number | null, paint = plain): string =>
    renderPlan(plan, prices, { paint, nowMs, width });

  it('shows everything in a table where there is no width to fit', () => {
    const text = render(null);
    expect(text).to.match(/^ID +NAME +RECLAIMED +NOT KEPT +PRODUCT +CLUSTER +PER HOUR\n/);
    expect(text).to.match(/i-1 +llama +30m ago +system disk +RTX 4090 24GB +US-CA-06 +\$0\.275\n/);
    expect(text).to.match(/i-3 +- +30m ago +system disk, \/workspace, \/data\/\S+ +- +- +unknown\n/);
    expect(text).to.include('Together $1.555 an hour while running and what 2 of unknown price cost');
  });

  for (const width of [20, 40, 60, 80, 120, 200, 400]) {
    it(`fits ${width} columns, and leaves out neither what is at risk nor what it costs`, () => {
      const text = render(width);
      expect(widestOf(text)).to.be.at.most(width);
      const joined = text.replaceAll(/\s+/g, '');
      for (const told of ['/workspace', '$0.275', '$1.28', 'unknown', 'i-4', '30mago', 'systemdisk']) {
        expect(joined, told).to.include(told);
      }
      expect(stripVTControlCharacters(render(width, coloured))).to.equal(text);
    });
  }

  it('leaves out the cluster first, then the product', () => {
    const small = planMigrations([aDecision({ id: 'd06052c629ce00fc', name: 'llama-finetune-2' })], 0);
    const headingsAt = (width: number): string =>
      renderPlan(small, prices, { paint: plain, nowMs, width }).split('\n')[0] ?? '';
    expect(headingsAt(120)).to.include('CLUSTER').and.include('PRODUCT');
    expect(headingsAt(90)).to.include('PRODUCT').and.not.include('CLUSTER');
    expect(headingsAt(72)).to.include('NOT KEPT').and.not.include('PRODUCT');
    expect(headingsAt(50)).to.equal('llama-finetune-2 (d06052c629ce00fc)');
  });

  it('says what --force passes over, and only then', () => {
    const forced = aDecision({ lastStartedAt: now - 60 }, { force: true });
    for (const width of [null, 30]) {
      const options = { paint: plain, nowMs, width };
      expect(renderPlan(planMigrations([forced], 0), prices, options)).to.match(/stale_reclaim/);
      expect(renderPlan(planMigrations([aDecision()], 0), prices, options)).not.to.match(/forced past/i);
    }
  });

  it('says how many are left to the next run', () => {
    const rest = renderPlan(planMigrations(decisions, 1), prices, { paint: plain, nowMs });
    expect(rest).to.include('3 more are left to the next run.\n');
    expect(renderPlan(planMigrations(decisions, 3), prices, { paint: plain, nowMs })).to.include('1 more is');
    expect(render(null)).not.to.include('next run');
  });
});

describe('the screen of migrate', () => {
  const results: readonly InstanceResult[] = [
    aResult({ decision: aDecision({ id: 's-1', name: 'stopped', spotReclaimTime: '0' }), outcome: null }),
    aResult({ decision: aDecision({ id: 'm-1', name: 'good' }) }),
    ...['a', 'b', 'c', 'd', 'e'].map((name) =>
      aResult({
        decision: aDecision({ id: `n-${name}`, name }),
        outcome: 'no_capacity',
        failure: failureOf('no_capacity', { detail: 'HTTP 400, INSUFFICIENT_RESOURCE, no node has room' }),
      }),
    ),
    aResult({
      decision: aDecision({ id: 'u-1', name: 'lost' }),
      outcome: 'unknown',
      failure: failureOf('connection_lost', { detail: 'ECONNRESET' }),
    }),
    aResult({ decision: aDecision({ id: 'd-1', name: 'late' }), outcome: 'deferred', attempts: 0 }),
  ];

  it('has the outcomes, then what is left to do, then what was left alone', () => {
    const text = renderMigrate(migrateReport(results), { paint: plain, nowMs });
    const order = ['RESULT', 'migrated', 'What is left to do', 'LEFT ALONE', 'not_reclaimed', '9 instances'];
    const places = order.map((word) => text.indexOf(word));
    expect(places)
      .to.deep.equal([...places].sort((a, b) => a - b))
      .and.not.include(-1);
  });

  it('tells the next step of equal cases once, and names no more than three of them', () => {
    const text = renderMigrate(migrateReport(results), { paint: plain, nowMs });
    expect(text.match(/^ {2}\S.*$/gm)).to.deep.equal([
      '  a, b, c and 2 more (no_capacity): Nothing to do: a later run tries again when capacity returns.',
      '  lost (unknown): Look with "novita-spot check u-1" before you do anything: it may be coming back already.',
      '  late (deferred): Nothing to do: the next run takes it. More at once with --max-per-run (MIGRATION_MAX_PER_RUN).',
    ]);
  });

  it('tells once what to do about several that are unknown', () => {
    const failure = failureOf('connection_lost');
    const unknown = ['u-1', 'u-2'].map((id) =>
      aResult({ decision: aDecision({ id, name: id }), outcome: 'unknown', failure }),
    );
    const text = renderMigrate(migrateReport(unknown), { paint: plain, nowMs });
    expect(text).to.include(
      '  u-1, u-2 (unknown): Look with "novita-spot check <id>" before you do anything',
    );
  });

  it('says nothing of what is left to do when nothing is', () => {
    const text = renderMigrate(migrateReport([aResult()]), { paint: plain, nowMs });
    expect(text).to.include('migrated').and.not.include('left to do').and.not.include('LEFT ALONE');
  });

  for (const width of [20, 40, 60, 80, 120, 200]) {
    it(`fits ${width} columns, and loses no word`, () => {
      const fitted = renderMigrate(migrateReport(results), { paint: plain, nowMs, width });
      const whole = renderMigrate(migrateReport(results), { paint: plain, nowMs });
      const words = (text: string): readonly string[] => text.split(/\s+/).sort();
      if (width >= 60) expect(words(fitted)).to.deep.equal(words(whole));
      if (width >= 40) expect(widestOf(fitted)).to.be.at.most(width);
    });
  }

  it('shows the plan in a dry run', () => {
    const planned = decisions.map((decision) => aResult({ decision, outcome: 'would_migrate', attempts: 0 }));
    const text = renderMigrate(
      migrateReport([...planned, ...results.slice(0, 1), ...results.slice(-1)], true),
      {
        paint: plain,
        nowMs,
      },
    );
    expect(text).to.include('PER HOUR').and.include('$0.275').and.include('LEFT ALONE');
    expect(text).to.include('1 more is left to the next run.').and.not.include('RESULT');
  });
});
