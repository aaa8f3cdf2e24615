import { statSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { isAbsolute, join } from 'node:path';

/**
 * Lets node keep what it made of our files for the next start, where it can (from 22.1 on). What is read from there is
 * run, so it is kept in the user's own cache folder and not, as node would, among the temporary files of everybody.
 *
 * @param userId - of this process; null where there is no such thing
 */
export function useCompileCache(
  environment: Readonly<Record<string, string | undefined>>,
  userId: number | null,
): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache === undefined) return;
  const folder = compileCacheFolder(environment, userId);
  // What comes of it is of no concern: without a cache, the start takes longer.
  if (folder !== null) enableCompileCache(folder);
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
