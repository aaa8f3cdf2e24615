import stringWidth from 'string-width';

/** Lines at the bottom of a terminal that are drawn over and over in place, with other text going on above them. */
export interface TerminalFrame {
  /** Puts these lines in the place of those before. They must be narrower than the terminal, and fewer. */
  draw(lines: readonly string[]): void;
  /** Writes text, such as a line of the log, above the lines. */
  writeAbove(text: string): void;
  /** Takes the lines away and gives the terminal back as it was. Nothing is drawn until the next `draw`. */
  clear(): void;
}

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
/** Line by line: tmux keeps what is erased from the first line of the screen to its end, again and again. */
const eraseLine = '\u001b[2K';
const eraseLineAbove = `\u001b[1A${eraseLine}`;

export interface TerminalFrameOptions {
  /** Each call is one write, so that nothing is seen half drawn. */
  readonly write: (text: string) => void;
  /** Columns of the terminal as it is now. */
  readonly width: () => number;
}

/**
 * Draws by a handful of escape codes that every terminal knows. The packages for it listen to signals themselves or
 * write to the process directly, and here both are the business of others.
 */
export function createTerminalFrame({ write, width }: TerminalFrameOptions): TerminalFrame {
  let drawn: readonly string[] = [];
  let isActive = false;
  /** Text above that has not ended its line yet; the frame waits for the rest of it. */
  let unfinished = false;

  /** A terminal that has become narrower has wrapped the lines. */
  const height = (): number =>
    drawn.reduce((rows, line) => rows + Math.max(1, Math.ceil(stringWidth(line) / Math.max(1, width()))), 0);
  /** Also of what was typed below the frame, such as ^C. */
  const erase = (): string => (drawn.length === 0 ? '' : `${eraseLine}${eraseLineAbove.repeat(height())}\r`);
  const asText = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

  return {
    draw: (lines) => {
      if (unfinished) return;
      const begin = isActive ? '' : hideCursor;
      write(`${begin}${erase()}${asText(lines)}`);
      isActive = true;
      drawn = lines;
    },
    writeAbove: (text) => {
      if (text === '') return;
      if (!isActive) {
        write(text);
        return;
      }
      const before = unfinished ? '' : erase();
      unfinished = !text.endsWith('\n');
      write(`${before}${text}${unfinished ? '' : asText(drawn)}`);
      if (unfinished) drawn = [];
    },
    clear: () => {
      if (!isActive) return;
      write(`${unfinished ? '' : erase()}${showCursor}`);
      isActive = false;
      unfinished = false;
      drawn = [];
    },
  };
}
