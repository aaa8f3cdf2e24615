import MarkdownIt from 'markdown-it';
import { Marked } from 'marked';

/** Markdown parsers with HTML allowed and everything made a link that looks like one. */
export const renderers: readonly (readonly [string, (markdown: string) => string])[] = [
  ['markdown-it', (markdown) => new MarkdownIt({ html: true, linkify: true }).render(markdown)],
  ['marked', (markdown) => new Marked({ gfm: true, async: false }).parse(markdown) as string],
];

/** The tags of a page, in order, without their attributes. */
export function tagsOf(html: string): readonly string[] {
  return [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = '']) => tag);
}

/** The rows of the tables of a page, each as the texts that its cells show. */
export function rowsOf(html: string): readonly (readonly string[])[] {
  return [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) => textOf(cell)),
  );
}

/** What is left of a page without its code, in which GitHub and GitLab look for nothing. */
export function outsideCode(html: string): string {
  return textOf(html.replaceAll(/<code[\s\S]*?<\/code>/g, ''));
}

/** The text that a part of a page shows. */
export function textOf(html: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll(/&(lt|gt|quot|amp);/g, (_entity, name: string) => named[name] ?? '');
}
