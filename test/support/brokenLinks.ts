import { posix } from 'node:path';
import { type MarkdownDocument, readMarkdown } from './markdownDocument.js';
import { foldersOf } from './projectFiles.js';

export interface Project {
  /** Every file, as a path from the root. */
  readonly files: readonly string[];
  readonly read: (path: string) => string;
}

/** An absolute address of something that has a relative one. */
const ownPath =
  /\/novita-spot\/(blob|tree|raw|edit|blame)\/|raw\.githubusercontent\.com\/[^/]+\/novita-spot\//;

/**
 * Every link in the Markdown files of a project that leads nowhere, or that should be relative; and every mention of one
 * of its Markdown files in the other files that are looked through.
 *
 * @param mentioning - the files that are no Markdown and may name a document, such as `docs/errors.md#lock_held`
 * @returns one line each, such as `README.md:12: docs/gone.md does not exist`
 */
export function brokenLinks({ files, read }: Project, mentioning: readonly string[]): readonly string[] {
  const known = new Set([...files, ...foldersOf(files), '']);
  const documents = new Map(
    files.filter((path) => path.endsWith('.md')).map((path) => [path, readMarkdown(read(path))]),
  );
  const resolve = (from: string, path: string): string =>
    path === '' ? from : posix.normalize(posix.join(posix.dirname(from), path)).replace(/^\.?\/?$|\/$/, '');

  const complaintOf = (from: string, target: string): string | null => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return absoluteComplaint(target);
    if (target.startsWith('/')) return `${target} is absolute`;
    const [path = '', anchor] = target.split('#');
    const file = resolve(from, path);
    if (!known.has(file)) return `${target} does not exist`;
    return anchor === undefined || hasAnchor(documents.get(file), anchor)
      ? null
      : `${target} has no such heading`;
  };

  const complaints: string[] = [];
  for (const [path, { links, undefinedLinks }] of documents) {
    const broken = [
      ...links.map(({ target, line }) => ({ line, complaint: complaintOf(path, target) })),
      ...undefinedLinks.map(({ target, line }) => ({ line, complaint: `${target} is not defined` })),
    ].sort((one, other) => one.line - other.line);
    for (const { line, complaint } of broken) {
      if (complaint !== null) complaints.push(`${path}:${line}: ${complaint}`);
    }
  }
  for (const path of mentioning) {
    for (const { target, line } of mentionsIn(read(path))) {
      // By its path from the root, or by that from the file that names it.
      const fromRoot = complaintOf('', target);
      const complaint = fromRoot === null ? null : complaintOf(path, target) && fromRoot;
      if (complaint !== null) complaints.push(`${path}:${line}: ${complaint}`);
    }
  }
  return complaints;
}

function absoluteComplaint(target: string): string | null {
  if (/^file:/i.test(target)) return `${target} is a file of one machine`;
  return ownPath.test(target) ? `${target} should be relative` : null;
}

function hasAnchor(document: MarkdownDocument | undefined, anchor: string): boolean {
  return document?.anchors.has(anchor) ?? false;
}

function mentionsIn(text: string): readonly { readonly target: string; readonly line: number }[] {
  return text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/(?<![\w./-])(?:[\w.-]+\/)*[\w-]+\.md\b(?:#[\w-]+)?/g)].map(([target]) => ({
      target,
      line: index + 1,
    })),
  );
}
