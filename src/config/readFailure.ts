const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'is not readable by this user',
  EPERM: 'is not readable by this user',
  EISDIR: 'is a directory, not a file',
  ENOTDIR: 'does not exist: a part of its path is not a directory',
  ELOOP: 'is a loop of symbolic links',
  ENAMETOOLONG: 'has too long a path',
  EFBIG: 'is too large',
  ENOTPLAIN: 'is a pipe or a device, not a file',
};

/** Says why a file could not be read, to be put after its name. The error's own message is never used. */
export function describeReadFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!/^[A-Z][A-Z0-9_]{1,39}$/.test(code)) return 'cannot be read';
  return reasons[code] ?? `cannot be read (${code})`;
}
