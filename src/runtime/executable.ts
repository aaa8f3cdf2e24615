import { accessSync, constants, statSync } from 'node:fs';

const notExecutable = 'is not executable by this user';

/** Says why this user cannot run a file as a program, to be put after its name; null when it can be run. */
export function whyNotExecutable(path: string): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return 'is not a file';
    accessSync(path, constants.X_OK);
    // For root, some systems allow what nobody can run.
    return (stats.mode & 0o111) === 0 ? notExecutable : null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
    return code === 'EACCES' ? notExecutable : `cannot be run (${code})`;
  }
}
