import { lstatSync, readFileSync, closeSync } from 'node:fs';
import { type JournalReading, lastSuccessOf, readJournal } from '../core/journalEntry.js';
import { StateError } from './stateError.js';
import { openStateFile } from './stateFolder.js';

/**
 * Reads a journal without writing, locking or making anything, and the one that was moved aside where the newer one
 * does not say enough.
 *
 * @param path - of the journal
 * @param runs - how many runs are wanted
 * @returns null when there is no journal
 * @throws StateError when there is one and it cannot be read
 */
export function readJournalHistory(path: string, runs: number): JournalReading | null {
  return read(path, (current) => saysEnough(current, runs));
}

/**
 * The same, back to a time.
 *
 * @param sinceMs - unix ms
 * @returns null when there is no journal
 * @throws StateError when there is one and it cannot be read
 */
export function readJournalSince(path: string, sinceMs: number): JournalReading | null {
  return read(path, ({ entries: [oldest] }) => oldest !== undefined && Date.parse(oldest.time) <= sinceMs);
}

/**
 * True when a word stands in the journal or in the one that was moved aside. Telling so takes a fraction of the time that
 * reading their lines does.
 *
 * @param path - of the journal
 * @throws StateError when there is one and it cannot be read
 */
export function journalMentions(path: string, word: string): boolean {
  return [path, `${path}.1`].some((each) => bytesIfThere(each)?.includes(word) === true);
}

function read(path: string, isEnough: (current: JournalReading) => boolean): JournalReading | null {
  const current = readIfThere(path);
  if (current !== null && isEnough(current)) return current;
  const earlier = readIfThere(`${path}.1`);
  if (earlier === null || current === null) return current ?? earlier;
  return {
    entries: [...earlier.entries, ...current.entries],
    unreadableLines: earlier.unreadableLines + current.unreadableLines,
  };
}

function saysEnough({ entries }: JournalReading, runs: number): boolean {
  const count = entries.filter(({ type }) => type === 'run_start').length;
  return count >= runs && lastSuccessOf(entries) !== null;
}

function readIfThere(path: string): JournalReading | null {
  const bytes = bytesIfThere(path);
  return bytes === null ? null : readJournal(bytes.toString('utf8'));
}

function bytesIfThere(path: string): Buffer | null {
  try {
    // Opening what is no plain file, such as a pipe, may wait for ever.
    if (!lstatSync(path).isFile()) throw new StateError(path, 'is not a plain file');
    const descriptor = openStateFile(path, 'read');
    try {
      return readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw StateError.of(path, error);
  }
}
