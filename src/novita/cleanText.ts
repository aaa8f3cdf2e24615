/** Control characters, lone surrogates, text direction overrides, line separators and the byte order mark. */
const unsafe = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/** Nearly all text; telling so takes less time than looking for what is not. */
const isPlain = /^[\x20-\x7e]*$/;

const defaultLimit = 256;

/**
 * Makes text from the API safe for a terminal and a log. Each unsafe character becomes U+FFFD, never nothing:
 * a value that was garbage must not become a valid one by being cleaned.
 *
 * @param limit - the longest text that is kept, in UTF-16 units
 */
export function cleanText(text: string, limit = defaultLimit): string {
  const kept = text.length > limit ? text.slice(0, limit) : text;
  return isPlain.test(kept) ? kept : kept.replace(unsafe, '\uFFFD');
}

/** True when cleaning would change the text. */
export function isUnsafeText(text: string): boolean {
  return cleanText(text) !== text;
}
