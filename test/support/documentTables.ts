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
