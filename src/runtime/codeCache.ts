import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import * as nodeModule from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { builtInLate } from './builtInLate.js';

/** What node calls to run a file in CommonJS. Not documented, and settled in the versions of node that need this. */
interface Compiling {
  _compile: (this: NodeJS.Module, text: string, path: string, ...others: readonly unknown[]) => unknown;
}

type CommonJs = (
  exports: unknown,
  require: (name: string) => unknown,
  module: NodeJS.Module,
  path: string,
  folder: string,
) => unknown;

const headerBytes = 8;

/** This process, as far as it matters here. */
export interface CachingProcess {
  readonly pid: number;
  readonly userId: number;
  /** Calls the listener when the process ends. */
  readonly onExit: (listener: () => void) => void;
}

/**
 * Keeps what V8 makes of the files of a folder for the next start, for a node that has no compile cache of its own: much
 * of a start is spent on reading them. Whatever goes wrong with it, the files are read as ever.
 *
 * @param codeFolder - of the files; others are left to node
 * @param cacheFolder - is made if it is not there; what it holds is run, so it must be this user's alone
 */
export function useCodeCache(codeFolder: string, cacheFolder: string, process: CachingProcess): void {
  const compiling = nodeModule.Module.prototype as unknown as Compiling;
  const compileAsEver = compiling._compile;
  const fresh = new Map<string, () => Buffer>();
  compiling._compile = function (text, path, ...others) {
    if (dirname(path) !== codeFolder) return compileAsEver.call(this, text, path, ...others);
    const cachePath = join(cacheFolder, `${basename(path)}.code`);
    const cached = cachedCode(cachePath, text, process.userId);
    const script = new Script(nodeModule.Module.wrap(text), {
      filename: path,
      ...(cached === null ? {} : { cachedData: cached }),
    });
    // V8 refuses what another version of it has made.
    if (cached === null || script.cachedDataRejected === true) {
      fresh.set(cachePath, () => withHeader(script.createCachedData(), text));
    }
    const run = script.runInThisContext() as CommonJs;
    return run.call(
      this.exports,
      this.exports,
      (name): unknown => this.require(name),
      this,
      path,
      codeFolder,
    );
  };
  // Only then is it known which functions a run needs: these are kept compiled.
  process.onExit(() => keep(fresh, cacheFolder, process.pid));
}

function checksum(data: string | Buffer): number {
  return builtInLate('node:zlib').crc32(data);
}

/** The header tells which text it was made of, and that it is whole: V8 itself only looks at the length of the text. */
function withHeader(code: Buffer, text: string): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(checksum(text), 0);
  header.writeUInt32LE(checksum(code), 4);
  return Buffer.concat([header, code]);
}

function cachedCode(path: string, text: string, userId: number): Buffer | null {
  const bytes = readOwn(path, userId);
  if (bytes === null || bytes.length <= headerBytes) return null;
  const code = bytes.subarray(headerBytes);
  try {
    const fits = bytes.readUInt32LE(0) === checksum(text) && bytes.readUInt32LE(4) === checksum(code);
    return fits ? code : null;
  } catch {
    // Node 21 and the first of 22 have no checksum, and may find what another version of node has kept.
    return null;
  }
}

/** Null when there is no such file that only this user can have written. */
function readOwn(path: string, userId: number): Buffer | null {
  try {
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(descriptor);
      const isOwn = stats.isFile() && stats.uid === userId && (stats.mode & 0o022) === 0;
      return isOwn ? readFileSync(descriptor) : null;
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}

function keep(fresh: ReadonlyMap<string, () => Buffer>, cacheFolder: string, pid: number): void {
  try {
    if (fresh.size > 0) mkdirSync(cacheFolder, { recursive: true, mode: 0o700 });
    for (const [path, code] of fresh) replace(path, code(), `${path}.${pid}`);
  } catch {
    // The next start reads the files as ever, and tries again.
  }
}

function replace(path: string, content: Buffer, unfinished: string): void {
  try {
    writeFileSync(unfinished, content, { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, path);
  } catch (error) {
    // Half a file on a full disk, or that of a process of this number that was killed, would stay for ever.
    rmSync(unfinished, { force: true });
    throw error;
  }
}
