import type { Failure } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { RunControl } from '../../src/core/runControl.js';
import type { Journal } from '../../src/commands/journal.js';
import type { MigrateInstanceInput } from '../../src/commands/migrateInstance.js';
import type { Progress } from '../../src/commands/progress.js';
import { now } from '../support/builders.js';
import { captureLog } from '../support/captureLog.js';
import { createVirtualClock } from '../support/virtualClock.js';
import type { FakeProvider } from './fakeProvider.js';

/** A journal that writes its lines among the requests, so that a test sees their order. An intent takes its time. */
export function recordingJournal(lines: string[]): Journal {
  return {
    intent: async (instanceId, attempt) => {
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      lines.push(`intent ${instanceId} ${attempt}`);
    },
    settled: ({ instanceId, state }) => {
      lines.push(`settled ${instanceId} ${state}`);
    },
    result: (instanceId: string, outcome: Outcome) => {
      lines.push(`result ${instanceId} ${outcome}`);
    },
  };
}

export interface TestControl extends RunControl {
  readonly giveUp: (failure: Failure) => void;
}

/** A run without a deadline. */
export function runControl(): TestControl {
  const stopping = new AbortController();
  const cut = new AbortController();
  return {
    stopping: stopping.signal,
    cut: cut.signal,
    failure: () => (stopping.signal.aborted ? (stopping.signal.reason as Failure) : null),
    stop: (failure) => stopping.abort(failure),
    remainingMs: () => Infinity,
    drain: (work) => work(),
    giveUp: (failure) => {
      stopping.abort(failure);
      cut.abort(failure);
    },
  };
}

/** Keeps what it is told, in words. */
export function recordingProgress(): { readonly progress: Progress; readonly seen: readonly string[] } {
  const seen: string[] = [];
  const tell = (text: string): void => void seen.push(text);
  return {
    seen,
    progress: {
      started: (total) => tell(`started ${total}`),
      changed: ({ id }, state) => tell(`${id} ${Object.values(state).join(' ')}`),
      ended: (id, outcome) => tell(`${id} ended ${outcome}`),
      stopping: () => tell('stopping'),
      finished: () => tell('finished'),
    },
  };
}

/** What acting on an instance needs. The journal writes among the requests of the provider. */
export function actingRun(provider: FakeProvider) {
  const clock = createVirtualClock(now * 1000);
  const control = runControl();
  const { log, lines } = captureLog();
  const { progress, seen } = recordingProgress();
  const input: MigrateInstanceInput = {
    provider,
    clock,
    log,
    control,
    progress,
    journal: recordingJournal(provider.requests),
    listedAtMs: clock.now(),
    backoff: () => ({ baseMs: 100, randomFraction: 0.5 }),
    attemptLimit: 4,
    saveData: 'off',
    fallback: 'none',
  };
  return { provider, clock, control, lines, seen, input };
}
