/** A word, a number or a time of day, with the punctuation of a sentence: no dialect takes it for anything else. */
const plainWord = /^\(?(?:\d+:\d+|[A-Za-z0-9]+(?:[-'][A-Za-z0-9]+)*)\)?[,;:.]?$/;
/** What GitHub and GitLab make a link of by themselves: a commit, a host, an issue such as GH-1. */
const linkedByItself = /\b[0-9a-f]{7,}|\bwww\b|\b[a-z]+-\d/i;

/**
 * Puts a text into Markdown so that it shows as it is, on one line, also within a table cell: as plain text where
 * that can mean nothing else, and as code otherwise.
 */
export function inlineText(text: string): string {
  const line = oneLine(text);
  return isPlain(line) ? line : inlineCode(line);
}

/**
 * Puts a text into Markdown as code, in which there is no markup, link, mention or HTML. The two characters that code
 * in a table cell cannot hold in every dialect, the pipe and the backtick, stand between pieces of code as entities.
 */
export function inlineCode(text: string): string {
  const pieces = oneLine(text)
    .split(/([|`])/)
    .filter((piece) => piece !== '');
  return pieces.length === 0 ? '-' : pieces.map((piece) => entities.get(piece) ?? `\`${piece}\``).join('');
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function isPlain(line: string): boolean {
  return (
    /^[A-Za-z]/.test(line) &&
    line.split(' ').every((word) => plainWord.test(word)) &&
    !linkedByItself.test(line)
  );
}

const entities: ReadonlyMap<string, string> = new Map([
  ['|', '&#124;'],
  ['`', '&#96;'],
]);

/** Puts a text of several lines into Markdown so that it shows as it is. Ends with a line feed. */
export function textBlock(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}text\n${text.replace(/\r\n?/g, '\n').trimEnd()}\n${fence}\n`;
}

/** Builds a table of cells that are Markdown already. Ends with a line feed. */
export function markdownTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}
