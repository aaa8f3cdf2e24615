import { closeSync, fdatasync, fstatSync, readSync, renameSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { type JournalEntry, type JournalReading, readJournal } from '../core/journalEntry.js';
import { openStateFile } from './stateFolder.js';
import { StateError } from './stateError.js';

const makeDurable = promisify(fdatasync);

/** Past this size the journal is moved aside, and the one moved aside before it is given up. */
const rotateAtBytes = 5 * 1024 * 1024;

export interface JournalFile {
  /** What the journal held when it was opened. */
  readonly earlier: JournalReading;
  /** Writes a line. Never throws: a failure, such as a full disk, is told to `onProblem`. */
  write(entry: JournalEntry): void;
  /** Writes a line and resolves when it would survive a crash of the machine. Never rejects. */
  writeDurably(entry: JournalEntry): Promise<void>;
  close(): void;
}

/**
 * Opens the journal: one JSON object per line, only ever added to. Only the holder of the lock may do so.
 *
 * @param path - the one that was moved aside stands beside it, with `.1` at its end
 * @param onProblem - told when a line could not be written
 * @throws StateError when the file cannot be opened
 */
export function openJournal(path: string, onProblem: (problem: StateError) => void): JournalFile {
  const { text, size } = readEnd(path);
  const full = size > rotateAtBytes;
  if (full) moveAside(path);
  const descriptor = openStateFile(path, 'append');

  let syncing: Promise<void> = Promise.resolve();
  let nextSync: Promise<void> | null = null;
  /** One at a time: lines that are written meanwhile are made durable by the next one, all together. */
  const sync = (): Promise<void> =>
    (nextSync ??= syncing.then(() => {
      nextSync = null;
      syncing = makeDurable(descriptor).catch((error: unknown) => onProblem(StateError.of(path, error)));
      return syncing;
    }));

  const write = (line: string): boolean => {
    try {
      writeSync(descriptor, line);
      return true;
    } catch (error) {
      onProblem(StateError.of(path, error));
      return false;
    }
  };
  // A line that a crash tore must not swallow the next one.
  if (!full && text !== '' && !text.endsWith('\n')) write('\n');
  return {
    earlier: readJournal(text),
    write: (entry) => {
      write(lineOf(entry));
    },
    writeDurably: async (entry) => {
      if (write(lineOf(entry))) await sync();
    },
    close: () => closeSync(descriptor),
  };
}

function lineOf(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

function moveAside(path: string): void {
  try {
    renameSync(path, `${path}.1`);
  } catch (error) {
    throw StateError.of(path, error);
  }
}

/** The whole journal, or the end of one that has grown out of all proportion. */
function readEnd(path: string): { readonly text: string; readonly size: number } {
  const descriptor = openStateFile(path, 'readWrite');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = Buffer.alloc(Math.min(size, 2 * rotateAtBytes));
    const length = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
    return { text: bytes.toString('utf8', 0, length), size };
  } catch (error) {
    throw StateError.of(path, error);
  } finally {
    closeSync(descriptor);
  }
}
