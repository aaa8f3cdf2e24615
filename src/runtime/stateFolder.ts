import {
  chmodSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  closeSync,
  readlinkSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StateError } from './stateError.js';

/** Files are opened without following a symbolic link: somebody may have put one there. */
const openFlags = {
  append: constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW,
  readWrite: constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW,
  // A pipe in its place must not keep the program waiting until it is seen to be none of ours.
  read: constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
} as const;

/**
 * Makes sure that the state folder exists, is a folder and is ours alone (0700).
 *
 * @param root - a folder that it lies in; the same is seen to for each folder from there on
 * @throws StateError when it cannot be used
 */
export function prepareStateFolder(path: string, root = path): void {
  if (path !== root) prepareStateFolder(dirname(path), root);
  try {
    makeFolder(path);
    const link = lstatSync(path);
    if (link.isSymbolicLink() && !isMadeBySystemd(path, link.uid))
      throw new StateError(path, 'is a symbolic link');
    const folder = statSync(path);
    if (!folder.isDirectory()) throw new StateError(path, 'is not a folder');
    if ((folder.mode & 0o077) === 0) return;
    if (path === root) refuseForeignFiles(path);
    chmodSync(path, 0o700);
  } catch (error) {
    throw StateError.of(path, error);
  }
}

/** What the program itself puts there, also while it replaces a file. */
const ownEntry =
  /^(lock|journal\.jsonl(\.1)?|(notices|on-notice)\.json|\.(notices|on-notice)\.json\..+\.tmp|accounts)$/;

/** A folder that is used for something else, such as /tmp or /var/lib, must not be closed to everybody by a slip. */
function refuseForeignFiles(path: string): void {
  const foreign = readdirSync(path).find((name) => !ownEntry.test(name));
  if (foreign !== undefined) {
    throw new StateError(path, 'is open to other users and holds files of others: use a folder of its own');
  }
}

/** Not with node's own `recursive`: where a folder cannot be made at all, as in /proc, that never returns. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another run may have made it at the same moment.
    if (!existsSync(path)) throw error;
  }
}

/** With DynamicUser, systemd makes /var/lib/NAME a link of root's to private/NAME. */
function isMadeBySystemd(path: string, owner: number): boolean {
  return owner === 0 && readlinkSync(path) === join('private', basename(path));
}

/** The text of a file of the state folder; null when there is none, or none that may be read. */
export function readStateFile(path: string): string | null {
  try {
    const descriptor = openStateFile(path, 'read');
    try {
      return readFileSync(descriptor, 'utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

/**
 * Opens a file of the state folder, for this user alone (0600).
 *
 * @returns a file descriptor
 * @throws StateError when it cannot be opened, is a symbolic link or is no plain file
 */
export function openStateFile(path: string, purpose: keyof typeof openFlags): number {
  try {
    const descriptor = openSync(path, openFlags[purpose], 0o600);
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
    throw new StateError(path, 'is not a plain file');
  } catch (error) {
    throw StateError.of(path, error);
  }
}
