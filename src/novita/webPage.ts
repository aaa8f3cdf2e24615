import { cleanText } from './cleanText.js';

/** How far into an answer its title is looked for, in UTF-16 units. */
const searched = 8_192;
const longestTitle = 80;

export interface MaybeWebPage {
  readonly contentType?: string | undefined;
  readonly body: string;
}

/**
 * Tells a page for people from an answer for programs: the API never sends one, but proxies, firewalls, sign-in pages
 * and websites do.
 *
 * @returns `a web page titled "..."` or `a web page`; null when it is none
 */
export function describeWebPage({ contentType = '', body }: MaybeWebPage): string | null {
  const start = body.slice(0, searched);
  const isPage = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(contentType)
    ? start.trimStart().startsWith('<')
    : /^\s*(<!doctype html|<html)\b/i.test(start);
  if (!isPage) return null;
  const title = /<title[^>]*>([^<]*)/i.exec(start)?.[1]?.replace(/\s+/g, ' ').trim() ?? '';
  return title === '' ? 'a web page' : `a web page titled "${cleanText(title, longestTitle)}"`;
}
