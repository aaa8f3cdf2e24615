/** Control characters, lone surrogates, overrides of the direction of text, line separators and the byte order mark. */
const unsafe = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

/**
 * Makes text that anybody may have written safe for a terminal and a log. Each unsafe character becomes U+FFFD, never
 * nothing: a value that was garbage must not become a valid one by being cleaned.
 */
export function safeText(text: string): string {
  return text.replaceAll(unsafe, '\uFFFD');
}
