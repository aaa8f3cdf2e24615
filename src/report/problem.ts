/** What a person is to know of an error. */
export interface Problem {
  /** What happened, in one sentence without its stop. */
  readonly title: string;
  /** To look up in docs/errors.md. */
  readonly code: string;
  /** Why, one line each; null when nothing more is known. */
  readonly cause: string | null;
  readonly nextStep: string;
  /** What was certainly left alone; null when nothing is certain. */
  readonly untouched: string | null;
}

const indent = ' '.repeat(8);
/** Narrower than this, a line would hold hardly a word. */
const narrowest = 40;

/** Lays an error out over a few lines: what happened, why, what to do next. Does not end with a line feed. */
export function renderProblem({ title, code, cause, nextStep, untouched }: Problem, width: number): string {
  const why = (cause ?? '').split('\n').map((line) => line.trim());
  const parts: readonly (readonly [label: string, lines: readonly string[]])[] = [
    ['why', why.filter((line) => line !== '')],
    ['next', [nextStep, ...(untouched === null ? [] : [untouched])]],
  ];
  const body = parts.flatMap(([label, lines]) => {
    const wrapped = lines.flatMap((line) => wrap(line, Math.max(width, narrowest) - indent.length));
    return wrapped.map((line, index) => (index === 0 ? `  ${label.padEnd(6)}${line}` : indent + line));
  });
  return [`${title} [${code}]`, ...body].join('\n');
}

/** Breaks a line between words; a word that is longer stays whole. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
