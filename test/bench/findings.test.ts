import { expect } from 'chai';
import { findingOf } from '../../bench/finding.js';
import { median, pairedRatios } from '../../bench/statistics.js';
import { renderFindings } from '../../bench/table.js';

describe('bench: what came out', () => {
  const medians: readonly (readonly [readonly number[], number])[] = [
    [[3], 3],
    [[1, 10], 5.5],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ];
  for (const [values, expected] of medians)
    it(`has ${expected} in the middle of ${values.join(', ')}`, () => {
      expect(median(values)).to.equal(expected);
    });

  it('has no middle when there is nothing', () => {
    expect(() => median([])).to.throw('median of nothing');
  });

  it('is compared run by run', () => {
    expect(pairedRatios([2, 9], [1, 3])).to.deep.equal([2, 3]);
  });

  it('meets a goal by its ratio, or by itself where there is nothing to compare with', () => {
    const measured = { section: 'Some', subject: 'one', values: [20, 60] };
    const base = { name: 'other', values: [10, 20] };
    expect(findingOf({ ...measured, base, goal: 2.5 })).to.include({ ratio: 2.5, isMet: true });
    expect(findingOf({ ...measured, base, goal: 2.4 })).to.include({ isMet: false });
    expect(findingOf({ ...measured, goal: 40 })).to.include({ ratio: null, isMet: true });
    expect(findingOf(measured)).to.include({ goal: null, isMet: null });
  });

  it('is a table for each section', () => {
    const base = { name: 'other', values: [10, 10] };
    const findings = [
      findingOf({ section: 'Start', subject: 'one', values: [20, 30], base, goal: 2 }),
      findingOf({ section: 'Size', subject: 'two', unit: 'requests', values: [7], goal: 7 }),
    ];
    const lines = renderFindings(findings).split('\n');
    expect(lines.filter((line) => line.startsWith('#'))).to.deep.equal(['### Start', '### Size']);
    const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
    const rows = cells
      .filter(([, name = '']) => ['one', 'two'].includes(name))
      .map((row) => row.slice(1, -1));
    expect(rows).to.deep.equal([
      ['one', '25.0 ms', '20.0-30.0', '2', '2.50', 'other', '<= 2.00', 'missed'],
      ['two', '7 requests', '', '1', '', '', '<= 7', 'met'],
    ]);
  });
});
