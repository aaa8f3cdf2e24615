import { randomUUID } from 'node:crypto';
import { closeSync, fchmodSync, lstatSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StateError } from './stateError.js';

/**
 * Checks that nothing but a plain file would be replaced: a rename would put one in the place of /dev/null as well, and
 * reading a pipe that nobody writes to never ends.
 *
 * @throws StateError when something else stands there
 */
export function checkReplaceable(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new StateError(path, 'is a folder');
  if (found?.isFile() === false) throw new StateError(path, 'is not a plain file');
}

/**
 * Replaces a file as a whole: a reader sees the old text or the new one, never a part, and a failure leaves the old
 * one in place.
 *
 * @param mode - permissions of the file, whatever the umask
 * @throws StateError when it cannot be written
 */
export function writeFileAtomically(path: string, text: string, mode: number): void {
  // In the same folder, as a rename works within one file system only, and not with the name of the file at its end:
  // others may read everything that ends in .prom.
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  let written = false;
  try {
    checkReplaceable(path);
    const descriptor = openSync(temporary, 'wx', mode);
    written = true;
    try {
      fchmodSync(descriptor, mode);
      writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    if (written) rmSync(temporary, { force: true });
    throw StateError.of(path, error);
  }
}
