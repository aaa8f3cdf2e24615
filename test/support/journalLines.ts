import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../src/core/journalEntry.js';

export interface JournalLines {
  readonly entries: readonly JournalEntry[];
  /** True when the last line was cut off in the middle. */
  readonly torn: boolean;
}

/** Reads the journal of a state folder. Only its last line may be torn; any other that is no JSON throws. */
export function journalLines(stateDir: string): JournalLines {
  const path = join(stateDir, 'journal.jsonl');
  const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [''];
  const unfinished = lines.pop();
  const entries = lines.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEntry);
  return { entries, torn: unfinished !== '' };
}

/** The ids of the instances of which the journal says that a migrate request was about to be sent. */
export function intendedIds({ entries }: JournalLines): readonly string[] {
  return entries.flatMap((entry) => (entry.type === 'intent' ? [entry.instanceId] : []));
}
