/** Control characters, lone surrogates, text direction overrides, line separators and the byte order mark. */
const unsafe = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

const defaultLimit = 256;

/**
 * Makes text from the API safe for a terminal and a log. Each unsafe character becomes U+FFFD, never nothing:
 * a value that was garbage must not become a valid one by being cleaned.
 *
 * @param limit - the longest text that is kept, in UTF-16 units
 */
export function cleanText(text: string, limit = defaultLimit): string {
  return text.slice(0, limit).replace(unsafe, '\uFFFD');
}

/** True when cleaning would change the text. */
export function isUnsafeText(text: string): boolean {
  return cleanText(text) !== text;
}
