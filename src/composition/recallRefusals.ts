import { join } from 'node:path';
import type { Invocation } from '../cli/invocation.js';
import type { Config } from '../config/config.js';
import {
  type EarlierRefusals,
  earlierRefusals,
  noEarlierRefusals,
  refusedForGood,
} from '../core/earlierRefusals.js';
import { failureWindowSeconds } from '../core/migrationHistory.js';
import { journalMentions, readJournalSince } from '../runtime/journalHistory.js';
import { StateError } from '../runtime/stateError.js';

export interface RecallInput {
  readonly invocation: Pick<Invocation, 'scenario'>;
  readonly config: Pick<Config, 'stateDir'>;
}

/**
 * What the journal of this host remembers of refused requests, also for what only looks. Where it cannot be read there
 * is nothing to remember: it makes a run ask less and is needed for nothing.
 *
 * @param nowMs - unix ms
 */
export function recallRefusals({ invocation, config }: RecallInput, nowMs: number): EarlierRefusals {
  // The sandbox is not the account that the journal is about.
  if (invocation.scenario !== null || config.stateDir === '') return noEarlierRefusals;
  try {
    const path = join(config.stateDir, 'journal.jsonl');
    // Nearly always there is none, and a journal may be months long.
    if (!journalMentions(path, refusedForGood)) return noEarlierRefusals;
    return earlierRefusals(readJournalSince(path, nowMs - failureWindowSeconds * 1000)?.entries ?? []);
  } catch (error) {
    if (error instanceof StateError) return noEarlierRefusals;
    throw error;
  }
}
