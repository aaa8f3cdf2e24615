import { statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { isAbsolute, join } from 'node:path';
import { type CachingProcess, useCodeCache } from './codeCache.js';

/**
 * Keeps what V8 made of our files for the next start: by node's own compile cache where it has one (from 22.1 on). What is
 * read from there is run, so it is kept in the user's own cache folder and not, as node would, among the temporary files
 * of everybody.
 *
 * @param codeFolder - where our files are
 * @param process - null where a process belongs to no user
 */
export function useCompileCache(
  environment: Readonly<Record<string, string | undefined>>,
  codeFolder: string,
  process: CachingProcess | null,
): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  const folder = compileCacheFolder(environment, process?.userId ?? null);
  // What comes of it is of no concern: without a cache, the start takes longer.
  if (folder === null) return;
  if (enableCompileCache !== undefined) enableCompileCache(folder);
  else if (process !== null) useCodeCache(codeFolder, folder, process);
}

/** Null when the user has no cache folder, or it is one that somebody else may write to. */
export function compileCacheFolder(
  { XDG_CACHE_HOME: cacheHome = '', HOME: home = '' }: Readonly<Record<string, string | undefined>>,
  userId: number | null,
): string | null {
  const caches = isAbsolute(cacheHome) ? cacheHome : join(home, '.cache');
  if (!isAbsolute(caches)) return null;
  try {
    const { uid, mode } = statSync(caches);
    const isOurs = userId === null || (uid === userId && (mode & 0o022) === 0);
    return isOurs ? join(caches, 'novita-spot') : null;
  } catch {
    return null;
  }
}
