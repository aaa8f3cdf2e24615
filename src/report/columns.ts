import stringWidth from 'string-width';

const gap = '  ';

/** Columns of the terminal between two columns of a table. */
export const gapWidth = gap.length;

/**
 * Aligns rows under their headings, with two blanks between columns and no lines. Cells may be coloured, and are as
 * wide as a terminal shows them. Nothing is shortened. Ends with a line feed.
 */
export function renderColumns(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, ...rows].map((cells) => headings.map((_, at) => measure(cells[at] ?? '')));
  const widths = headings.map((_, at) =>
    lines.reduce((widest, cells) => Math.max(widest, cells[at]?.width ?? 0), 0),
  );
  return lines.map((cells) => `${alignCells(cells, widths)}\n`).join('');
}

interface MeasuredCell {
  readonly text: string;
  readonly width: number;
}

function measure(cell: string): MeasuredCell {
  const text = cell.replaceAll(/\s*[\r\n]+\s*/g, ' ');
  return { text, width: stringWidth(text) };
}

function alignCells(cells: readonly MeasuredCell[], widths: readonly number[]): string {
  const padded = cells.map(({ text, width }, at) => text + ' '.repeat((widths[at] ?? 0) - width));
  return padded.join(gap).trimEnd();
}
