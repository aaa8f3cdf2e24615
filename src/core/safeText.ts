/**
 * Makes text that anybody may have written safe for a terminal: control characters, lone surrogates, overrides of the
 * direction of text and line separators become U+FFFD.
 */
export function safeText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, '\uFFFD');
}
