/** A message over several lines as one line: a list behind a colon becomes items with semicolons between them. */
export function joinLines(text: string): string {
  return text.replaceAll(/:\s*[\r\n]+\s*/g, ': ').replaceAll(/\s*[\r\n]+\s*/g, '; ');
}
