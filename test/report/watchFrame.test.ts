import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import stringWidth from 'string-width';
import { failureOf } from '../../src/core/failure.js';
import type { Report } from '../../src/core/report.js';
import type { WatchedList } from '../../src/core/watchedLists.js';
import { listLines } from '../../src/report/listScreen.js';
import { coloured, plain } from '../../src/report/style.js';
import { renderWatchFrame, type WatchFrameOptions } from '../../src/report/watchFrame.js';
import { now } from '../support/builders.js';
import { aListReport } from '../support/listReport.js';

const report = aListReport(
  Array.from({ length: 20 }, (_, index) => ({ id: `id-of-instance-${index}`, name: `instance-${index}` })),
);
const aList = (changes: Partial<WatchedList> = {}): WatchedList => ({
  account: null,
  shown: report,
  problem: null,
  ...changes,
});
const problem = {
  error: failureOf('network_unreachable', { detail: 'ECONNREFUSED' }),
  at: '2026-11-24T12:01:00.000Z',
};

function frameOf(lists: readonly WatchedList[], changes: Partial<WatchFrameOptions> = {}): readonly string[] {
  const { width = 80, height = 23, paint = plain } = changes;
  const linesOf = (shown: Report) =>
    listLines(shown, {
      paint,
      nowMs: now * 1000,
      width,
      withTimes: false,
      withHint: false,
      mostRows: height,
      filter: '',
      all: shown.instances,
    });
  return renderWatchFrame(lists, { width, height, paint, everySeconds: 30, linesOf, ...changes });
}

describe('the frame of list --watch', () => {
  it('says that it reads, before there is a list', () => {
    expect(frameOf([])).to.deep.equal(['novita-spot list, every 30 s: reading. Ctrl-C ends it.']);
  });

  it('shows when the list was read, the list, and its footer', () => {
    const frame = frameOf([aList()], { height: 40 });
    expect(frame[0]).to.equal('novita-spot list, every 30 s: read at 12:00:01 UTC. Ctrl-C ends it.');
    expect(frame[1]).to.match(/^ID /);
    expect(frame.filter((line) => line.includes('instance-'))).to.have.length(20);
    expect(frame.join('\n')).to.include('20 instances: 20 reclaimed and eligible');
  });

  it('cuts the list to the height, and says how many more there are', () => {
    const frame = frameOf([aList()], { height: 12 });
    expect(frame).to.have.length(12);
    const shown = frame.filter((line) => line.includes('instance-')).length;
    expect(shown).to.be.at.least(4);
    expect(frame).to.include(`... and ${20 - shown} more`);
    expect(frame.join('\n')).to.include('20 instances');
  });

  it('keeps the last list when a look fails, and says since when', () => {
    const frame = frameOf([aList({ problem })]);
    expect(frame.slice(0, 3).join(' '))
      .to.include('Not read at 12:01:00 UTC: ')
      .and.include('ECONNREFUSED')
      .and.include('What is shown is of 12:00:01 UTC.');
    expect(frame.join('\n')).to.include('instance-0');
  });

  it('says that nothing could be read yet', () => {
    const frame = frameOf([aList({ shown: null, problem })]);
    expect(frame[0]).to.include('not read yet');
    expect(frame.join(' ')).to.include('ECONNREFUSED').and.not.include('What is shown');
  });

  it('shows a few warnings and counts the others', () => {
    const warnings = ['first\nline', 'second', 'third', 'fourth'];
    const frame = frameOf([aList({ shown: { ...report, warnings } })]);
    expect(frame.slice(1, 4)).to.deep.equal(['first line', 'second', 'and 2 more warnings']);
  });

  it('names the accounts, and says in its first line how many could not be read', () => {
    const frame = frameOf([aList({ account: 'amber' }), aList({ account: 'blue', problem })], {
      height: 100,
      width: 100,
    });
    expect(frame[0]).to.include('1 of 2 accounts could not be');
    expect(frame).to.include('Account amber').and.include('Account blue');
    expect(frame.filter((line) => line.includes('instance-'))).to.have.length(40);
    expect(frameOf([aList({ account: 'amber' }), aList({ account: 'blue' })], { height: 10 })).to.have.length(
      10,
    );
  });

  it('shows nothing of a terminal in the text of a problem', () => {
    const error = failureOf('network_unreachable', { detail: '\u001b[2J\nboo' });
    const frame = frameOf([aList({ problem: { ...problem, error } })]);
    expect(frame.join('')).not.to.include('\u001b');
  });

  it('ends without a promise to look again', () => {
    expect(frameOf([aList()], { everySeconds: null })[0]).to.equal('novita-spot list: read at 12:00:01 UTC.');
  });

  const settings: readonly (readonly [string, readonly WatchedList[]])[] = [
    ['nothing', []],
    ['a list', [aList()]],
    ['a problem', [aList({ problem })]],
    ['a problem alone', [aList({ shown: null, problem })]],
    ['an empty account', [aList({ shown: aListReport([]) })]],
    ['accounts', [aList({ account: 'amber' }), aList({ account: 'blue', problem })]],
  ];
  for (const [title, lists] of settings) {
    it(`fits any terminal, with ${title}`, () => {
      for (const width of [1, 20, 40, 79, 200]) {
        for (let height = 1; height < 40; height += 1) {
          const frame = frameOf(lists, { width, height });
          expect(frame.length, `${width}x${height}`).to.be.within(1, height);
          for (const line of frame) expect(stringWidth(line), line).to.be.at.most(width);
          const inColour = frameOf(lists, { width, height, paint: coloured });
          expect(inColour.map((line) => stripVTControlCharacters(line))).to.deep.equal(frame);
        }
      }
    });
  }
});
