import { hostname } from 'node:os';
import { join } from 'node:path';
import { type Journal, noJournal } from '../commands/journal.js';
import { type EarlierRuns, earlierRuns, noEarlierRuns } from '../core/earlierRuns.js';
import { type Failure, failureOf } from '../core/failure.js';
import { isoTime } from '../core/isoTime.js';
import { type JournalEntry, lastSuccessOf, openIntents } from '../core/journalEntry.js';
import type { Log } from '../core/log.js';
import { emptyMemory } from '../core/noticeMemory.js';
import type { Report } from '../core/report.js';
import { type JournalFile, openJournal } from '../runtime/journal.js';
import { acquireLock, type LockHolder } from '../runtime/lock.js';
import { StateError } from '../runtime/stateError.js';
import { prepareStateFolder } from '../runtime/stateFolder.js';
import { type KeptMemory, noMemory, openMemory } from './keptMemory.js';
import type { System } from './system.js';

/** What a run keeps on this host: the lock while it goes on, and its lines in the journal. */
export interface RunState {
  readonly journal: Journal;
  /** What an operator should know about the journal. */
  readonly warnings: readonly string[];
  /** When the last run for the whole account that exited with 0 ended, in unix ms; null when the journal knows of none. */
  readonly lastSuccessAtMs: number | null;
  /** What the journal says of earlier runs. */
  readonly earlier: EarlierRuns;
  /** Of what the webhook was told. */
  readonly webhookMemory: KeptMemory;
  /** Of the reclaim notices that the operator's program was run for. */
  readonly programMemory: KeptMemory;
  /** Writes down how the run ended, and lets go of the lock. */
  end(report: Report): void;
}

/** For runs that leave no trace. */
export const noState: RunState = {
  journal: noJournal,
  warnings: [],
  lastSuccessAtMs: null,
  earlier: noEarlierRuns,
  webhookMemory: noMemory,
  programMemory: noMemory,
  end: () => undefined,
};

export interface RunStateInput {
  readonly stateDir: string;
  /** The folder that it lies in with those of other accounts, or the same one. */
  readonly stateRoot: string;
  readonly system: System;
  readonly runId: string;
  /** False for a run for instances that are named, or for those of a plan. */
  readonly wholeAccount: boolean;
  readonly log: Log;
  /** Unix ms. */
  readonly now: () => number;
}

/**
 * Takes the lock and opens the journal.
 *
 * @returns the failure when the folder cannot be used or another run holds the lock
 */
export async function openRunState(input: RunStateInput): Promise<RunState | Failure> {
  const { stateDir, stateRoot, system, log, now } = input;
  const holder: LockHolder = { pid: system.pid, host: hostname(), startedAt: isoTime(now()) };
  try {
    prepareStateFolder(stateDir, stateRoot);
    const lock = await acquireLock(join(stateDir, 'lock'), holder);
    if (lock.kind === 'held') return failureOf('lock_held', { detail: describeHolder(lock.holder) });

    const warnings: string[] = [];
    const warn = (warning: string): void => {
      warnings.push(warning);
      log.warn('journal_warning', warning);
    };
    try {
      let broken = false;
      const file = openJournal(join(stateDir, 'journal.jsonl'), (problem) => {
        if (!broken) warn(`The journal cannot be written: ${problem.message}. The run goes on without it.`);
        broken = true;
      });
      return beginRun({ ...input, file, holder, warnings, warn, release: lock.release });
    } catch (error) {
      // The process may go on with other accounts for a long time.
      lock.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof StateError) return failureOf('state_unusable', { detail: error.message });
    throw error;
  }
}

interface BegunRun extends RunStateInput {
  readonly file: JournalFile;
  readonly holder: LockHolder;
  readonly warnings: readonly string[];
  readonly warn: (warning: string) => void;
  readonly release: () => void;
}

function beginRun(run: BegunRun): RunState {
  const { file, holder, warnings, warn, release, runId, wholeAccount, system, now } = run;
  const programMemory = openMemory(join(run.stateDir, 'on-notice.json'));
  const stamp = () => ({ time: isoTime(now()), runId });
  reportEarlier(file, stamp, warn);
  const { pid, host } = holder;
  file.write({ ...stamp(), type: 'run_start', pid, host, version: system.version, wholeAccount });
  return {
    warnings,
    lastSuccessAtMs: lastSuccessOf(file.earlier.entries),
    earlier: earlierRuns(file.earlier.entries),
    webhookMemory: openMemory(join(run.stateDir, 'notices.json')),
    // Where earlier runs have left their lines, a folder without this file has not told of anything yet.
    programMemory:
      programMemory.earlier === null && file.earlier.entries.length > 0
        ? { ...programMemory, earlier: emptyMemory }
        : programMemory,
    journal: {
      intent: (instanceId, attempt) => file.writeDurably({ ...stamp(), type: 'intent', instanceId, attempt }),
      result: (instanceId, outcome, failure, jobId = null) =>
        file.write({ ...stamp(), type: 'result', instanceId, outcome, error: failure?.code ?? null, jobId }),
      settled: ({ instanceId, jobId, state, requestedAt }) =>
        file.write({ ...stamp(), type: 'settled', instanceId, jobId, state, requestedAt }),
    },
    end: ({ exitCode, exitReason, durationMs, summary, instances }) => {
      const quarantined = instances.filter(({ reason }) => reason === 'quarantined').map(({ id }) => id);
      file.write({ ...stamp(), type: 'run_end', exitCode, exitReason, durationMs, summary, quarantined });
      file.close();
      release();
    },
  };
}

/** Names what an earlier run left behind, once: an open intent is closed by a line of its own run. */
function reportEarlier(
  file: JournalFile,
  stamp: () => { readonly time: string; readonly runId: string },
  warn: (warning: string) => void,
): void {
  const { entries, unreadableLines } = file.earlier;
  if (unreadableLines > 0)
    warn(`The journal holds ${unreadableLines} lines that cannot be read; they are left as they are.`);
  for (const { instanceId, runId, time } of openIntents(entries)) {
    warn(
      `An earlier run ended without knowing whether ${instanceId} was migrated or started (request of ${time}).`,
    );
    const closing: JournalEntry = {
      ...stamp(),
      runId,
      type: 'result',
      instanceId,
      outcome: 'unknown',
      error: null,
    };
    file.write(closing);
  }
}

function describeHolder(holder: LockHolder | null): string {
  return holder === null
    ? 'it has only just started'
    : `pid ${holder.pid} on ${holder.host} since ${holder.startedAt}`;
}
