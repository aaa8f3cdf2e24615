/** The cells of a row of a Markdown table. */
export function cellsOf(row: string): readonly string[] {
  return row
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** The rows of every table whose first cell is a name in code style. */
export function namedRows(text: string): readonly (readonly string[])[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map(cellsOf);
}

/** The rows of the tables below a heading, up to the next heading of its level, without the heads of the tables. */
export function rowsUnder(text: string, heading: string): readonly (readonly string[])[] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n');
  return lines
    .filter((line, at) => line.startsWith('| ') && !(lines[at + 1] ?? '').startsWith('|---'))
    .map(cellsOf);
}
