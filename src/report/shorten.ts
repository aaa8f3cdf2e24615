import stringWidth from 'string-width';
import { charactersOf } from './characters.js';

/** Stands for what was left out. */
const ellipsis = '…';

/** Where a text that is too long is cut: names of one fleet differ at their ends, so there the middle goes. */
export type Cut = 'middle' | 'end';

/**
 * Makes a text fit, by what a terminal shows: nothing is cut within an emoji or from its combining marks.
 *
 * @param text - without colour
 * @param width - columns, from 0
 */
export function shorten(text: string, width: number, cut: Cut): string {
  if (stringWidth(text) <= width) return text;
  if (width < 1) return '';
  const room = width - stringWidth(ellipsis);
  const parts = [...charactersOf(text)];
  const head = cut === 'end' ? room : Math.ceil(room / 2);
  return (
    takeWidth(parts, head).join('') +
    ellipsis +
    takeWidth(parts.toReversed(), room - head)
      .toReversed()
      .join('')
  );
}

/** As many of the characters as fit, from the first. */
function takeWidth(characters: readonly string[], width: number): readonly string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += stringWidth(character);
    return used > width;
  });
  return end === -1 ? characters : characters.slice(0, end);
}
