import stringWidth from 'string-width';
import { charactersOf } from './characters.js';

/** What a line must have room for besides its indent. */
const narrowest = 10;

/**
 * Breaks a text into lines that a terminal shows without wrapping. A word that is too long for a line is broken.
 *
 * @param text - without colour
 * @param width - columns; null for one line, whatever its length
 * @param wantedIndent - what the lines after the first begin with, where there is room for it
 */
export function wrapText(text: string, width: number | null, wantedIndent = ''): readonly string[] {
  if (width === null || stringWidth(text) <= width) return [text];
  const indent = wantedIndent.length + narrowest <= width ? wantedIndent : '';
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/\s*\S+/g) ?? []) {
    if (stringWidth(line + piece) <= width) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line);
    let rest = lines.length === 0 ? piece : indent + piece.trimStart();
    while (stringWidth(rest) > width) {
      const head = headOf(rest, width);
      lines.push(head);
      rest = indent + rest.slice(head.length);
    }
    line = rest;
  }
  return [...lines, line];
}

/** Does so line by line, keeping the line feeds that are there. */
export function wrapLines(text: string, width: number | null): string {
  return text
    .split('\n')
    .flatMap((line) => wrapText(line, width))
    .join('\n');
}

/** The longest beginning that fits, of one character at least. */
function headOf(text: string, width: number): string {
  let head = '';
  for (const character of charactersOf(text)) {
    if (head !== '' && stringWidth(head + character) > width) break;
    head += character;
  }
  return head;
}
