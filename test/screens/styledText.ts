/** A colour of text on a terminal; null for that of the terminal itself. */
export type TextColour = 'red' | 'green' | 'yellow' | 'magenta' | 'cyan' | null;

export interface TextStyle {
  readonly colour: TextColour;
  readonly bold: boolean;
  readonly dim: boolean;
}

/** A part of a line that looks the same from end to end. */
export interface StyledPiece extends TextStyle {
  readonly text: string;
}

const plainStyle: TextStyle = { colour: null, bold: false, dim: false };

/** What each code of "select graphic rendition" that the program uses changes. */
const changes: ReadonlyMap<string, Partial<TextStyle>> = new Map<string, Partial<TextStyle>>([
  ['0', plainStyle],
  ['1', { bold: true }],
  ['2', { dim: true }],
  ['22', { bold: false, dim: false }],
  ['31', { colour: 'red' }],
  ['32', { colour: 'green' }],
  ['33', { colour: 'yellow' }],
  ['35', { colour: 'magenta' }],
  ['36', { colour: 'cyan' }],
  ['39', { colour: null }],
]);

/**
 * Reads what was written to a terminal, line by line.
 *
 * @throws Error for any other control character or sequence than line ends and the codes above: nothing is guessed at
 */
export function readStyledText(written: string): readonly (readonly StyledPiece[])[] {
  let style = plainStyle;
  return written.split('\n').map((line) => {
    const pieces: StyledPiece[] = [];
    for (const [index, part] of line.split('\u001b').entries()) {
      const code = index === 0 ? '' : (/^\[([\d;]*)m/.exec(part)?.[1] ?? null);
      if (code === null) throw unknown(part);
      if (index > 0) style = changedBy(code, style);
      const text = index === 0 ? part : part.slice(code.length + 2);
      if (/\p{Cc}/u.test(text)) throw unknown(text);
      if (text !== '') pieces.push({ ...style, text });
    }
    return pieces;
  });
}

function changedBy(codes: string, style: TextStyle): TextStyle {
  return codes.split(';').reduce((before, code) => {
    const change = changes.get(code === '' ? '0' : code);
    if (change === undefined) throw unknown(`[${codes}m`);
    return { ...before, ...change };
  }, style);
}

function unknown(what: string): Error {
  return new Error(`Not known how this would look: ${JSON.stringify(what.slice(0, 20))}`);
}
