import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { noPrices } from '../../src/core/price.js';
import { buildReport, type Report, type ReportInput } from '../../src/core/report.js';
import { type SaveDataMode, withDataNotKept } from '../../src/core/saveData.js';
import { summarize } from '../../src/core/summary.js';
import { renderCheck } from '../../src/report/checkScreen.js';
import { renderMarkdown } from '../../src/report/markdown.js';
import { renderMigrate } from '../../src/report/migrateScreen.js';
import { renderPlan } from '../../src/report/plan.js';
import { plain } from '../../src/report/style.js';
import { aDecision, aReportInput, aResult, now } from '../support/builders.js';

const view = { paint: plain, nowMs: now * 1000 };
const failure = failureOf('data_not_kept');
const localVolumes = [{ mountPath: '/workspace' }];
const results = [
  aResult({ decision: aDecision({ id: 'i-kept', localVolumes }), dataKept: true }),
  aResult({ decision: aDecision({ id: 'i-lost' }), dataKept: false }),
  aResult({ decision: aDecision({ id: 'i-seen' }), dataKept: null }),
  aResult({ decision: aDecision({ id: 'i-sent' }), outcome: 'unknown' }),
  aResult({ decision: aDecision({ id: 'i-full' }), outcome: 'no_capacity' }),
  aResult({ decision: aDecision({ id: 'i-late' }), outcome: 'deferred' }),
  aResult({ decision: withDataNotKept(aDecision({ id: 'i-held' }), failure), outcome: null, failure }),
];

function reportOf(saveData: SaveDataMode | null, changes: Partial<ReportInput> = {}): Report {
  return buildReport(aReportInput({ saveData, results, summary: summarize(results), ...changes }));
}

/** What stands in the column of that name, by id. */
function columnOf(screen: string, heading: string): Readonly<Record<string, string>> {
  // Those that are left alone stand in a table of their own.
  const [head = '', ...lines] = (screen.split('\n\n')[0] ?? '').split('\n');
  const start = head.indexOf(heading);
  const cells = lines
    .filter((line) => line.startsWith('i-'))
    .map((line) => [line.split(' ')[0] ?? '', line.slice(start).split(/ {2,}/)[0] ?? ''] as const);
  return Object.fromEntries(cells);
}

describe('what the screens say of data', () => {
  it('is a column of migrate where data was asked for', () => {
    const expected = {
      'i-kept': 'kept',
      'i-lost': 'not kept',
      'i-seen': 'not known',
      'i-sent': 'not known',
      'i-full': '-',
    };
    expect(columnOf(renderMigrate(reportOf('try'), view), 'DATA')).to.deep.equal({
      ...expected,
      'i-late': 'kept if possible',
    });
    expect(columnOf(renderMigrate(reportOf('require'), view), 'DATA')).to.deep.equal({
      ...expected,
      'i-late': 'kept, or left alone',
    });
    expect(renderMigrate(reportOf('off'), view).split('\n')[0]).not.to.include('DATA');
  });

  it('is known of nothing that is started on its own node, in whatever mode', () => {
    const started = aResult({ decision: aDecision({ id: 'i-up' }), outcome: 'started', dataKept: null });
    const failed = { ...started, outcome: 'failed', failure: failureOf('migration_failed') } as const;
    const late = aResult({ decision: aDecision({ id: 'i-late' }), outcome: 'deferred' });
    const planned = { off: 'not kept if migrated', try: 'kept if possible', require: 'kept if migrated' };
    for (const mode of ['off', 'try', 'require'] as const) {
      const changes = { fallback: 'start', results: [started, late] } as const;
      const report = reportOf(mode, changes);
      const screen = renderMigrate(report, view);
      expect(columnOf(screen, 'DATA')).to.deep.equal({ 'i-up': 'not known', 'i-late': planned[mode] });
      expect(screen).to.include('started on its own one, which may or may not still have its data.');
      expect(renderMarkdown(report)).to.include('| not known: system disk |');
      expect(report.instances.map((instance) => instance.dataKept)).to.deep.equal([null, null]);
      const plan = renderPlan({ migrate: [aDecision()], deferred: [] }, noPrices, { ...view, ...report });
      expect(plan).to.include(` ${planned[mode].toUpperCase()} `).and.include('may or may not still have');
      const ended = reportOf(mode, { fallback: 'start', results: [failed] });
      expect(columnOf(renderMigrate(ended, view), 'DATA')).to.deep.equal({ 'i-up': 'not known' });
    }
  });

  it('stands in check with what is asked for', () => {
    const lineOf = (saveData: SaveDataMode, changes: Partial<ReportInput> = {}): string | undefined =>
      /^ {2}(not kept|data) +(.*)$/m.exec(
        renderCheck(
          reportOf(saveData, { command: 'check', results: [aResult({ outcome: null })], ...changes }),
          view,
        ),
      )?.[0];
    expect(lineOf('off')).to.equal('  not kept   system disk');
    expect(lineOf('try')).to.equal('  data       kept if possible: system disk');
    expect(lineOf('require')).to.equal('  data       kept, or left alone: system disk');
    expect(lineOf('off', { fallback: 'start' })).to.equal('  data       not kept if migrated: system disk');
  });

  const sentences: readonly (readonly [SaveDataMode | null, RegExp])[] = [
    ['off', /does not keep new data on the system disk; of training also \/workspace\.\n$/],
    [null, /does not keep new data on the system disk; of training also \/workspace\.\n$/],
    ['try', /where the platform can, and else does not: the system disk; of training also \/workspace\.\n$/],
    ['require', /or an instance is left alone: the system disk; of training also \/workspace\.\n$/],
  ];
  for (const [mode, sentence] of sentences) {
    it(`is a sentence below the table: ${String(mode)}`, () =>
      expect(renderMigrate(reportOf(mode), view)).to.match(sentence));
  }

  it('is a heading of the plan that somebody is asked to agree to', () => {
    const plan = { migrate: [aDecision()], deferred: [] };
    const headings = (['off', 'try', 'require'] as const).map((saveData) =>
      renderPlan(plan, noPrices, { ...view, saveData })
        .split('\n')[0]
        ?.replace(/^.*RECLAIMED +(.*?) {2,}.*$/, '$1'),
    );
    expect(headings).to.deep.equal(['NOT KEPT', 'KEPT IF POSSIBLE', 'KEPT, OR LEFT ALONE']);
  });

  it('is a column of markdown', () => {
    const lastCells = (markdown: string): readonly (string | undefined)[] =>
      markdown
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .map((line) => line.split(' | ').at(-1)?.replace(' |', ''));
    expect(lastCells(renderMarkdown(reportOf('try')))).to.deep.equal([
      'kept: system disk, local volume `/workspace`',
      'not kept: system disk',
      'not known: system disk',
      'not known: system disk',
      '-',
      'kept if possible: system disk',
      '-',
    ]);
    // Nothing is lost on one that was not moved.
    expect(lastCells(renderMarkdown(reportOf('off')))).to.include.members(['-', 'not kept: system disk']);
  });
});
