import { expect } from 'chai';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { essentialWeight, fitColumns, type FittingColumn } from '../../src/report/fitColumns.js';
import { coloured, plain } from '../../src/report/style.js';

function aColumn(heading: string, text: string, changes: Partial<FittingColumn> = {}): FittingColumn {
  return { heading, cells: [{ text, colour: null }], cut: 'end', enough: 6, least: 4, weight: 1, ...changes };
}

const columns = [
  aColumn('ID', 'abcdefghij', { weight: essentialWeight + 1, cut: 'middle' }),
  aColumn('STATE', 'running', { weight: essentialWeight, enough: Infinity, least: Infinity }),
  aColumn('PLACE', 'somewhere', { weight: 1 }),
  aColumn('KIND', 'big', { weight: 2 }),
];

describe('fitColumns', () => {
  const table: readonly (readonly [title: string, width: number | null, lines: readonly string[]])[] = [
    [
      'shows everything without a width',
      null,
      ['ID          STATE    PLACE      KIND', 'abcdefghij  running  somewhere  big'],
    ],
    [
      'shows everything where there is room',
      36,
      ['ID          STATE    PLACE      KIND', 'abcdefghij  running  somewhere  big'],
    ],
    [
      'shortens the widest first',
      33,
      ['ID        STATE    PLACE     KIND', 'abcd…hij  running  somewhe…  big'],
    ],
    [
      'leaves out the lightest once the others have but enough',
      28,
      ['ID          STATE    KIND', 'abcdefghij  running  big'],
    ],
    ['leaves out all that is not essential', 20, ['ID          STATE', 'abcdefghij  running']],
    ['then shortens to the least', 13, ['ID    STATE', 'ab…j  running']],
    ['then leaves out even that', 12, ['ID', 'abcdefghij']],
    ['cuts the last one', 3, ['ID', 'a…j']],
    ['has room for nothing', 0, ['', '']],
  ];
  for (const [title, width, lines] of table) {
    it(title, () => {
      const fitted = fitColumns(columns, { width, paint: plain });
      expect(fitted.lines).to.deep.equal(lines);
      expect(fitted.isCut).to.equal(width !== null && width < 36);
    });
  }

  it('says it briefly where there is too little room, and only there', () => {
    const verdict = aColumn('VERDICT', '');
    const cells = [{ text: 'skipped: cooldown', brief: 'cooldown', colour: null }];
    const shownAt = (width: number) => fitColumns([{ ...verdict, cells }], { width, paint: plain }).lines[1];
    expect([shownAt(17), shownAt(16), shownAt(5)]).to.deep.equal(['skipped: cooldown', 'cooldown', 'cool…']);
  });

  it('puts colour on what is left', () => {
    const [id] = columns;
    const cells = [{ text: 'abcdefghij', colour: 'red' as const }];
    expect(
      fitColumns([{ ...aColumn('ID', ''), ...id, cells }], { width: 3, paint: coloured }).lines,
    ).to.deep.equal([coloured('bold', 'ID'), coloured('red', 'a…j')]);
  });

  it('never gives a line that is too wide, whatever the columns', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    const given = fc.array(
      fc.record({
        heading: text,
        cells: fc.array(text, { minLength: 3, maxLength: 3 }),
        enough: fc.nat(30),
        least: fc.nat(30),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 200 }), fc.nat(8), (drawn, width, essential) => {
        const made = drawn.map(({ heading, cells, enough, least }, at) =>
          aColumn(heading, '', {
            cells: cells.map((cell) => ({ text: cell, colour: null })),
            enough: Math.max(enough, least),
            least,
            weight: at < essential ? essentialWeight + at : at,
          }),
        );
        const { lines } = fitColumns(made, { width, paint: plain });
        expect(lines).to.have.length(4);
        for (const line of lines) expect(stringWidth(line)).to.be.at.most(width);
      }),
    );
  });
});
