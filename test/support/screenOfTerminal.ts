const escape = '\u001b';
const tokens = new RegExp(`${escape}\\[\\??\\d*[a-zA-Z]|[\\s\\S]`, 'gu');

/**
 * What a terminal of unlimited height shows after a text with the escape codes of a frame, or of colours, was written to it.
 * Any other code is an error.
 */
export function screenOfTerminal(text: string): {
  readonly lines: readonly string[];
  readonly cursor: boolean;
} {
  const lines = [''];
  let row = 0;
  let column = 0;
  let cursor = true;
  for (const [token] of text.matchAll(tokens)) {
    if (token === '\n') {
      row += 1;
      column = 0;
      lines[row] ??= '';
    } else if (token === '\r') column = 0;
    else if (token === '\u001b[?25l') cursor = false;
    else if (token === '\u001b[?25h') cursor = true;
    else if (token === '\u001b[2K') lines[row] = '';
    else if (token.startsWith(escape) && token.endsWith('A'))
      row = Math.max(0, row - Number.parseInt(token.slice(2)));
    else if (token.startsWith(escape) && token.endsWith('m')) continue;
    else if (token.startsWith(escape))
      throw new RangeError(`Not a code of a frame: ${JSON.stringify(token)}`);
    else {
      lines[row] = (lines[row] ?? '').slice(0, column) + token + (lines[row] ?? '').slice(column + 1);
      column += 1;
    }
  }
  // A terminal does not tell an erased line from one that was never written.
  while (lines.length > row + 1 && lines.at(-1) === '') lines.pop();
  return { lines, cursor };
}
