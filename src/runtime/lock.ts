import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, readFileSync, writeSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { platform } from 'node:os';
import { openStateFile } from './stateFolder.js';
import { StateError } from './stateError.js';

/** Who holds the lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export type LockAttempt =
  | { readonly kind: 'acquired'; readonly release: () => void }
  /** The holder is null when it has not yet said who it is. */
  | { readonly kind: 'held'; readonly holder: LockHolder | null };

/**
 * Takes the lock of a state folder without waiting. The kernel frees it when its holder dies in whatever way, so
 * there is no stale lock to judge: it is an flock on the open file, taken by the flock program on our behalf, or,
 * where that is missing on Linux, an abstract socket named after the file.
 *
 * @param path - the lock file; it is never removed
 * @throws StateError when the lock cannot be used
 */
export async function acquireLock(path: string, holder: LockHolder): Promise<LockAttempt> {
  const descriptor = openStateFile(path, 'readWrite');
  try {
    const held = flock(path, descriptor);
    const server = held === 'no_flock' ? await listen(path) : null;
    if (held === 'held' || server === 'held') {
      closeSync(descriptor);
      return { kind: 'held', holder: readHolder(path) };
    }
    writeHolder(descriptor, holder);
    return {
      kind: 'acquired',
      release: () => {
        closeSync(descriptor);
        server?.close();
      },
    };
  } catch (error) {
    closeSync(descriptor);
    throw StateError.of(path, error);
  }
}

/** The lock is held whether or not the disk has room for a name. */
function writeHolder(descriptor: number, holder: LockHolder): void {
  try {
    ftruncateSync(descriptor);
    writeSync(descriptor, `${JSON.stringify(holder)}\n`, 0);
  } catch {
    // Others are then told that the holder is not known.
  }
}

/** The lock belongs to the open file that both share, so it stays ours when the flock program has ended. */
function flock(path: string, descriptor: number): 'acquired' | 'held' | 'no_flock' {
  const { status, error, stderr } = spawnSync('flock', ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    encoding: 'utf8',
  });
  if (error && 'code' in error && error.code === 'ENOENT') return 'no_flock';
  if (status === 0) return 'acquired';
  if (status === 1 && stderr === '') return 'held';
  throw new StateError(path, `cannot be locked (${error?.message ?? stderr.trim()})`);
}

async function listen(path: string): Promise<Server | 'held'> {
  if (platform() !== 'linux') throw new StateError(path, 'cannot be locked: install the flock program');
  const name = createHash('sha256').update(path).digest('hex');
  const server = createServer((connection) => connection.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve('held') : reject(error),
    );
    server.listen(`\0novita-spot-${name}`, () => resolve(server.unref()));
  });
}

function readHolder(path: string): LockHolder | null {
  try {
    const { pid, host, startedAt } = JSON.parse(readFileSync(path, 'utf8')) as Partial<
      Record<string, unknown>
    >;
    const known = typeof pid === 'number' && typeof host === 'string' && typeof startedAt === 'string';
    return known ? { pid, host, startedAt } : null;
  } catch {
    return null;
  }
}
