/** Longer lines of text are bad style in a man page. */
const longestLine = 78;

/**
 * Prose for a man page: each sentence begins a line, `code` is bold, and nothing in it is a request.
 *
 * @param text - plain text
 */
export function prose(text: string): string {
  return text
    .split(/(?<=[.:]) (?=[A-Z`])/)
    .flatMap((sentence) => wrap(wordsOf(sentence)))
    .join('\n');
}

/** What stands between two blanks, with bold code as one word. */
function wordsOf(sentence: string): readonly string[] {
  const words = sentence.match(/(?:`[^`]*`|[^ `])+/g) ?? [];
  return words.map((word) => escaped(word).replaceAll(/`([^`]*)`/g, '\\fB$1\\fR'));
}

/** A word or a line to be typed as it stands. */
export function literal(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

/** A word that stands for another. */
export function placeholder(text: string): string {
  return `\\fI${escaped(text)}\\fR`;
}

/** A paragraph that hangs under a term. */
export function item(term: string, ...paragraph: readonly string[]): string {
  return ['.TP', term, ...paragraph].join('\n');
}

export function section(title: string, ...parts: readonly string[]): string {
  return [`.SH ${title}`, ...parts].join('\n');
}

export function subsection(title: string, ...parts: readonly string[]): string {
  return [`.SS ${title}`, ...parts].join('\n');
}

/** Hyphens are to be copied as such, and neither a backslash nor a leading dot or quote mark is a request. */
function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('~', '\\(ti')
    .replace(/^\./, '\\&.');
}

function wrap(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = `${lines.at(-1) ?? ''} ${word}`;
    if (lines.length > 0 && longer.length <= longestLine) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
