import { expect } from 'chai';
import stringWidth from 'string-width';
import { renderColumns } from '../../src/report/columns.js';
import { coloured } from '../../src/report/style.js';

describe('renderColumns', () => {
  it('aligns cells under their headings, with two blanks between them', () => {
    expect(
      renderColumns(
        ['ID', 'NAME', 'STATUS'],
        [
          ['i-1', 'training', 'running'],
          ['i-1000', 'x', 'exited'],
        ],
      ),
    ).to.equal('ID      NAME      STATUS\ni-1     training  running\ni-1000  x         exited\n');
  });

  const texts: readonly (readonly [string, string])[] = [
    ['wide characters', '訓練'],
    ['emoji', '🚀🚀'],
    ['emoji of several code points', '👩‍👩‍👧‍👦'],
    ['flags', '🇸🇪'],
    ['combining marks', 'e\u0301te\u0301'],
    ['colour', coloured('red', 'exited')],
    ['nothing', ''],
    ['200 characters', 'n'.repeat(200)],
  ];
  for (const [title, text] of texts) {
    it(`aligns what follows ${title}`, () => {
      const lines = renderColumns(
        ['NAME', 'LAST'],
        [
          [text, '|'],
          ['plain', '|'],
        ],
      ).split('\n');
      const starts = lines.slice(1, 3).map((line) => stringWidth(line.slice(0, line.lastIndexOf('|'))));
      expect(new Set(starts).size, lines.join('\n')).to.equal(1);
      expect(stringWidth(lines[0]?.replace('LAST', '') ?? '')).to.equal(starts[0]);
    });
  }

  it('shows only headings without rows, and no blanks at the ends of lines', () => {
    expect(renderColumns(['A', 'B'], [])).to.equal('A  B\n');
    expect(renderColumns(['A', 'B'], [['long', '']])).to.equal('A     B\nlong\n');
  });

  it('keeps a row on one line, and takes a row that is too short', () => {
    expect(renderColumns(['A', 'B'], [['one\n  two', 'three'], ['four']])).to.equal(
      'A        B\none two  three\nfour\n',
    );
  });

  it('takes a fleet of any size', () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [String(index)]);
    expect(renderColumns(['N'], rows).split('\n')).to.have.length(200_002);
  });
});
