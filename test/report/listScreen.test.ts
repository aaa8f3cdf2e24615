import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import { failureOf } from '../../src/core/failure.js';
import { buildReport } from '../../src/core/report.js';
import { describeFilter } from '../../src/report/listFilter.js';
import { coloured } from '../../src/report/style.js';
import { aReportInput, now } from '../support/builders.js';
import { aListReport, listScreenOf } from '../support/listReport.js';

const longName = `${'n'.repeat(100)}-middle-${'m'.repeat(92)}`;
const fleet = aListReport([
  {
    id: '7febff25a2729d50',
    name: 'llama-finetune-1',
    status: 'running',
    spotStatus: 'running',
    spotReclaimTime: '0',
  },
  { id: 'd06052c629ce00fc', name: 'x', spotReclaimTime: String(now - 3 * 3600) },
  { id: 'afb762eba98069f5', name: longName, status: 'migrating' },
  {
    id: 'ef6650ab77d405a1',
    name: '訓練ジョブ・大規模言語モデル・二〇二六年',
    productName: null,
    clusterName: '',
  },
  {
    id: '358b05c80a469d3f',
    name: '👩‍👩‍👧‍👦🚀 e\u0301te\u0301',
    status: 'running',
    spotStatus: 'notified',
    spotReclaimTime: String(now + 2550),
  },
  {
    id: '9d3a2c1e-5b7f-4e0a-9c61-2f8d7b3a4e5c',
    name: '',
    status: 'running',
    spotStatus: '',
    spotReclaimTime: '',
  },
]);
const headingsAt = (width: number | null): string =>
  (listScreenOf(fleet, { width }).split('\n')[0] ?? '').split(/ {2,}/).join(' ');
const rowsOf = (screen: string): readonly string[] => screen.split('\n').slice(1, 1 + fleet.instances.length);

describe('the screen of list', () => {
  for (const width of [1, 10, 20, 40, 60, 80, 120, 200]) {
    it(`fits ${width} columns, with colour and without`, () => {
      for (const withTimes of [false, true]) {
        const screen = listScreenOf(fleet, { width, withTimes });
        for (const line of screen.split('\n')) expect(stringWidth(line), line).to.be.at.most(width);
        expect(rowsOf(screen)).to.have.length(6);
        const inColour = listScreenOf(fleet, { width, withTimes, paint: coloured });
        expect(stripVTControlCharacters(inColour)).to.equal(screen);
      }
    });
  }

  const headings: readonly (readonly [number | null, string])[] = [
    [20, 'ID NAME'],
    [40, 'ID NAME RECLAIM VERDICT'],
    [60, 'ID NAME STATUS RECLAIM VERDICT'],
    [80, 'ID NAME STATUS RECLAIM VERDICT'],
    [100, 'ID NAME STATUS SPOT RECLAIM PRODUCT VERDICT'],
    [120, 'ID NAME STATUS SPOT RECLAIM PRODUCT CLUSTER VERDICT'],
    [null, 'ID NAME STATUS SPOT RECLAIM PRODUCT CLUSTER VERDICT'],
  ];
  for (const [width, expected] of headings) {
    it(`shows ${expected} at ${width ?? 'any'} columns`, () => expect(headingsAt(width)).to.equal(expected));
  }

  it('shortens names in the middle, to what tells them apart', () => {
    const [, , long = ''] = rowsOf(listScreenOf(fleet, { width: 80 }));
    expect(long).to.match(/ n+…m+ /);
    expect(long).not.to.include('middle');
  });

  it('shows everything in full without a width, and says nothing of having shortened it', () => {
    const screen = listScreenOf(fleet);
    for (const { id, name } of fleet.instances) expect(screen).to.include(id).and.include(name);
    expect(screen).to.include('skipped: migration_in_progress').and.not.include('--wide');
    expect(listScreenOf(fleet, { width: 80 })).to.include('Shortened to fit: --wide shows everything.');
  });

  it('marks reclaim notices, also without colour, at any width', () => {
    for (const width of [40, 60, 80, 120, null]) {
      const marked = rowsOf(listScreenOf(fleet, { width })).map((row) => / {2}! {2}/.test(row));
      expect(marked, String(width)).to.deep.equal([false, false, false, false, true, false]);
    }
    expect(listScreenOf(fleet, { paint: coloured })).to.include(coloured('yellow', '!'));
    expect(listScreenOf(aListReport([{}]))).not.to.include('!');
  });

  it('shows the times of reclaims in UTC when asked', () => {
    expect(listScreenOf(fleet)).not.to.include('UTC');
    const screen = listScreenOf(fleet, { withTimes: true });
    expect(screen)
      .to.include('RECLAIM (UTC)')
      .and.include('2026-11-24 09:00:00')
      .and.include('2026-11-24 12:42:30');
  });

  it('keeps these times where the terminal is narrow', () => {
    expect(listScreenOf(fleet, { withTimes: true, width: 80 })).to.include('2026-11-24 12:42:30');
  });

  it('shows a dash for a name, a product or a cluster that is none', () => {
    expect(
      rowsOf(
        listScreenOf(aListReport([{ name: '', productName: null, clusterName: '', spotStatus: '' }])),
      )[0],
    ).to.equal('i-1  -     exited  -     30m ago  -        -        eligible: reclaimed');
  });

  it('says that the account is empty, whatever the filter', () => {
    for (const filter of ['', '--spot']) {
      expect(listScreenOf(aListReport([]), { filter })).to.equal(
        'This account has no instances.\nIf you expect some, the key may be that of another account or team.\n',
      );
    }
  });

  it('says which filter matches nothing, and what there is', () => {
    const nothing = { ...fleet, instances: [] };
    const filter = describeFilter({
      status: 'stopped',
      spot: true,
      eligible: false,
      include: ['a*', 'b c'],
      exclude: [],
    });
    expect(listScreenOf(nothing, { all: fleet.instances, filter })).to.equal(
      'No instance matches --status stopped --spot --include "a*,b c". ' +
        'The account has 6 instances: 3 running, 2 exited, 1 migrating.\n',
    );
  });

  it('says when the list is not complete', () => {
    expect(listScreenOf({ ...fleet, listComplete: false })).to.include('The list is not complete');
    expect(listScreenOf({ ...aListReport([]), listComplete: false })).to.include('The list is not complete');
  });

  it('is empty when the account could not be read', () => {
    const failure = failureOf('internal_error');
    const report = buildReport(aReportInput({ command: 'list', failure, exitReason: 'internal' }));
    expect(listScreenOf(report)).to.equal('');
  });
});
