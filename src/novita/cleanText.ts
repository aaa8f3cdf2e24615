import { safeText } from '../core/safeText.js';

/** Nearly all text; telling so takes less time than looking for what is not. */
const isPlain = /^[\x20-\x7e]*$/;

const defaultLimit = 256;

/**
 * Makes text from the API safe for a terminal and a log, and no longer than it may be.
 *
 * @param limit - the longest text that is kept, in UTF-16 units
 */
export function cleanText(text: string, limit = defaultLimit): string {
  const kept = text.length > limit ? text.slice(0, limit) : text;
  return isPlain.test(kept) ? kept : safeText(kept);
}

/** True when cleaning would change the text. */
export function isUnsafeText(text: string): boolean {
  return cleanText(text) !== text;
}
