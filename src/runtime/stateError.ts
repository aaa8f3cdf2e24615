const causes: Readonly<Record<string, string>> = {
  EACCES: 'is not accessible to this user',
  EPERM: 'is not accessible to this user',
  EROFS: 'is on a read-only file system',
  ELOOP: 'is a symbolic link',
  ENOTDIR: 'lies below something that is not a folder',
  EEXIST: 'is not a folder',
  EISDIR: 'is a folder',
  ENOSPC: 'is on a full disk',
  EDQUOT: 'is over the disk quota',
};

/** The lock or the state folder cannot be used. The message names the path and the reason. */
export class StateError extends Error {
  override readonly name = 'StateError';

  constructor(path: string, reason: string) {
    super(`${path} ${reason}`);
  }

  /** Puts an error of node:fs into words. */
  static of(path: string, error: unknown): StateError {
    if (error instanceof StateError) return error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return new StateError(path, causes[code] ?? `cannot be used (${code === '' ? String(error) : code})`);
  }
}
