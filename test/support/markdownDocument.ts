import MarkdownIt from 'markdown-it';

/** Whatever a document points to, with the line that it stands on. */
export interface Link {
  readonly target: string;
  readonly line: number;
}

export interface MarkdownDocument {
  readonly links: readonly Link[];
  /** What a link to a place in the document may name after the `#`. */
  readonly anchors: ReadonlySet<string>;
  /** Texts in code style. */
  readonly codes: readonly Link[];
  /** Links with a name that the document does not define, which are shown as they are written. */
  readonly undefinedLinks: readonly Link[];
}

const parser = new MarkdownIt({ html: true });
// Such as file:, which it would otherwise leave as text.
parser.validateLink = () => true;
type Token = ReturnType<typeof parser.parse>[number];

/** The anchor that GitHub gives a heading: in small letters, words joined by hyphens, without punctuation. */
export function slugOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');
}

/** Reads what a document links to, and what in it can be linked to, as GitHub would show it. */
export function readMarkdown(text: string): MarkdownDocument {
  const links: Link[] = [];
  const codes: Link[] = [];
  const undefinedLinks: Link[] = [];
  const anchors = new Set<string>();
  let line = 1;
  let isHeading = false;
  for (const token of parser.parse(text, {})) {
    if (token.map) line = token.map[0] + 1;
    isHeading = token.type === 'heading_open' || (isHeading && token.type === 'inline');
    const parts = [token, ...(token.children ?? [])];
    for (const part of parts) {
      if (part.type === 'softbreak' || part.type === 'hardbreak') line += 1;
      links.push(...targetsOf(part).map((target) => ({ target, line })));
      for (const anchor of attributesOf(part, /\b(?:id|name)="([^"]+)"/g)) anchors.add(anchor);
      if (part.type === 'code_inline') codes.push({ target: part.content, line });
      for (const [target] of namedLinks(part)) undefinedLinks.push({ target, line });
    }
    if (isHeading && token.type === 'inline') addNew(anchors, slugOf(textOf(token)));
  }
  return { links, anchors, codes, undefinedLinks };
}

function targetsOf(token: Token): readonly string[] {
  const target = token.attrGet('href') ?? token.attrGet('src');
  return target === null ? attributesOf(token, /\b(?:href|src)="([^"]+)"/g) : [decodeURI(String(target))];
}

function attributesOf({ type, content }: Token, pattern: RegExp): readonly string[] {
  if (type !== 'html_inline' && type !== 'html_block') return [];
  return [...content.matchAll(pattern)].map(([, value = '']) => value);
}

function namedLinks({ type, content }: Token): readonly RegExpExecArray[] {
  return type === 'text' ? [...content.matchAll(/\[[^\]]+\]\[[^\]]*\]/g)] : [];
}

function textOf({ children }: Token): string {
  return (children ?? []).map(({ type, content }) => (type.startsWith('html') ? '' : content)).join('');
}

/** The second heading of the same words gets `-1`, the third `-2`. */
function addNew(anchors: Set<string>, slug: string): void {
  let anchor = slug;
  for (let copy = 1; anchors.has(anchor); copy += 1) anchor = `${slug}-${copy}`;
  anchors.add(anchor);
}
