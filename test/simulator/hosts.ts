import type { Journal } from '../../src/commands/journal.js';
import { type EarlierRefusals, earlierRefusals } from '../../src/core/earlierRefusals.js';
import { type EarlierRuns, earlierRuns } from '../../src/core/earlierRuns.js';
import { type JournalEntry, openIntents } from '../../src/core/journalEntry.js';
import type { RunRecord } from './runRecord.js';
import type { HostName } from './schedule.js';
import type { World } from './world.js';
import { journalMs } from './writeDown.js';

/** What a run finds on its host, and where it leaves its own lines. */
export interface BegunJournal {
  readonly earlier: EarlierRuns;
  readonly earlierRefusals: EarlierRefusals;
  readonly journal: Journal;
}

/** A host with the journal of its runs. */
export interface Host {
  begin(world: World, run: RunRecord): BegunJournal;
}

/** @param forgets - each run finds an empty journal */
export function createHosts(forgets: boolean): (name: HostName) => Host {
  const journals: Readonly<Record<HostName, JournalEntry[]>> = { one: [], other: [] };
  return (name) => ({
    begin: (world, run) => beginJournal(forgets ? [] : journals[name], world, run),
  });
}

/** As the composition of the program does it with the real file. */
function beginJournal(entries: JournalEntry[], world: World, run: RunRecord): BegunJournal {
  const { clock, random } = world;
  const stamp = () => ({ time: new Date(clock.now()).toISOString(), runId: `run-${run.number}` });
  const begun = { earlier: earlierRuns(entries), earlierRefusals: earlierRefusals(entries) };
  for (const { instanceId, runId } of openIntents(entries))
    entries.push({ ...stamp(), runId, type: 'result', instanceId, outcome: 'unknown', error: null });
  entries.push({ ...stamp(), type: 'run_start', pid: run.number, host: run.host, version: '0.0.0' });
  const journal: Journal = {
    intent: async (instanceId, attempt) => {
      entries.push({ ...stamp(), type: 'intent', instanceId, attempt });
      await clock.sleep(random.pick([0, 1, journalMs]));
      // Killed before it was known to be on the disk: the request must not be sent.
      if (run.killedAtMs !== null) await new Promise(() => undefined);
      run.intents.set(instanceId, (run.intents.get(instanceId) ?? 0) + 1);
    },
    result: (instanceId, outcome, failure, jobId = null) => {
      if (run.killedAtMs !== null) return;
      const error = failure?.code ?? null;
      entries.push({ ...stamp(), type: 'result', instanceId, outcome, error, jobId });
      run.journaled.set(instanceId, { outcome, error });
    },
    settled: (migration) => {
      if (run.killedAtMs !== null) return;
      const { instanceId, jobId, state, requestedAt } = migration;
      entries.push({ ...stamp(), type: 'settled', instanceId, jobId, state, requestedAt });
      run.told.push({ ...migration, atMs: clock.now() });
    },
  };
  return { ...begun, journal };
}
