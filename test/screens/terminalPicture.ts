import stringWidth from 'string-width';
import { readStyledText, type StyledPiece, type TextColour } from './styledText.js';

export interface TerminalPicture {
  /** In the bar of the window, and for those who cannot see the picture. */
  readonly title: string;
  /** With its colours. */
  readonly text: string;
  /** Of the terminal, in columns. */
  readonly width: number;
}

/** Of one character, in px. Common monospace fonts of this size are as wide to a tenth of a pixel. */
const cell = { width: 7.8, height: 18, fontSize: 13 };
const bar = 30;
const margin = 16;

const colours: Readonly<Record<Exclude<TextColour, null>, string>> = {
  red: '#ff7b72',
  green: '#7ee787',
  yellow: '#e3b341',
  magenta: '#d2a8ff',
  cyan: '#76e3ea',
};

/** Dark inside, with a frame that is seen on a dark page as well as on a light one. */
const style = [
  `text{font:${cell.fontSize}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#e6edf3}`,
  '.bold{font-weight:bold}',
  '.dim{fill-opacity:.6}',
  ...Object.entries(colours).map(([name, value]) => `.${name}{fill:${value}}`),
].join('');

/**
 * Draws a window of a terminal as SVG. Each word group has a place and a length of its own, so that columns stay
 * columns in any font.
 *
 * @throws Error for a control sequence that is not known, and for a line that is wider than the terminal
 */
export function renderTerminalPicture({ title, text, width }: TerminalPicture): string {
  const lines = readStyledText(text.trimEnd());
  const size = {
    width: round(width * cell.width + 2 * margin),
    height: bar + lines.length * cell.height + 2 * margin,
  };
  const drawn = lines.flatMap((pieces, row) => drawLine(pieces, row, width));
  const window = `x=".5" y=".5" width="${size.width - 1}" height="${size.height - 1}" rx="8"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" role="img" aria-labelledby="title">`,
    `<title id="title">${escaped(title)}</title>`,
    `<style>${style}</style>`,
    `<rect ${window} fill="#161b22" stroke="#8b949e"/>`,
    ...['#ff7b72', '#e3b341', '#7ee787'].map(
      (colour, index) => `<circle cx="${20 + index * 18}" cy="${bar / 2 + 2}" r="5.5" fill="${colour}"/>`,
    ),
    `<text x="${size.width / 2}" y="${bar / 2 + 7}" text-anchor="middle" class="dim">${escaped(title)}</text>`,
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function drawLine(pieces: readonly StyledPiece[], row: number, width: number): readonly string[] {
  const y = bar + margin + (row + 1) * cell.height - 5;
  let column = 0;
  const drawn = pieces.flatMap((piece) => {
    const start = column;
    column += stringWidth(piece.text);
    return [...piece.text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: group, index }) => {
      const at = start + stringWidth(piece.text.slice(0, index));
      const place = `x="${round(margin + at * cell.width)}" y="${y}"`;
      const length = `textLength="${round(stringWidth(group) * cell.width)}"`;
      return `<text ${place} ${length}${classesOf(piece)}>${escaped(group)}</text>`;
    });
  });
  if (column > width) throw new Error(`Line ${row + 1} has ${column} columns, the terminal ${width}`);
  return drawn;
}

function classesOf({ colour, bold, dim }: StyledPiece): string {
  const classes = [colour, bold ? 'bold' : null, dim ? 'dim' : null].filter((name) => name !== null);
  return classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
