import stringWidth from 'string-width';
import { renderColumns } from './columns.js';
import type { TableOptions } from './columnsOfInstances.js';
import { wrapText } from './wrap.js';

/** Less room than this beside the other columns, and explanations go below them. */
const narrowestBeside = 24;
const below = '    ';

export interface ExplainedRow {
  /** May be coloured. */
  readonly cells: readonly string[];
  /** A sentence, without colour. */
  readonly explanation: string;
}

/**
 * A table whose last column is a sentence for each row, which is wrapped where it does not fit beside the others.
 * Ends with a line feed.
 *
 * @param headings - of the cells, and of the explanation at the end
 */
export function renderExplainedTable(
  headings: readonly string[],
  rows: readonly ExplainedRow[],
  { paint, width = null }: TableOptions,
): string {
  const bold = headings.map((heading) => paint('bold', heading));
  const whole = renderColumns(
    bold,
    rows.map(({ cells, explanation }) => [...cells, explanation]),
  );
  if (width === null || whole.split('\n').every((line) => stringWidth(line) <= width)) return whole;

  const cells = renderColumns(
    bold.slice(0, -1),
    rows.map((row) => row.cells),
  );
  const [head = '', ...lines] = cells.trimEnd().split('\n');
  const taken = Math.max(...[head, ...lines].map((line) => stringWidth(line))) + 2;
  const room = width - taken;
  if (room < narrowestBeside) {
    const blocks = lines.map((line, at) => {
      const sentence = wrapText(below + (rows[at]?.explanation ?? ''), width, below);
      return [line, ...sentence].join('\n');
    });
    return `${[head, ...blocks].join('\n')}\n`;
  }
  const beside = (line: string, text: string): string =>
    `${line}${' '.repeat(taken - stringWidth(line))}${text}`.trimEnd();
  const blocks = lines.flatMap((line, at) =>
    wrapText(rows[at]?.explanation ?? '', room).map((part, index) => beside(index === 0 ? line : '', part)),
  );
  return `${[beside(head, bold.at(-1) ?? ''), ...blocks].join('\n')}\n`;
}
