import type { Failure } from '../../src/core/failure.js';
import type { Log, LogFields, LogLevel } from '../../src/core/log.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { RunControl } from '../../src/core/runControl.js';
import type { Journal } from '../../src/commands/journal.js';

export interface RecordedLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that keeps its lines. */
export function recordingLog(): { readonly log: Log; readonly lines: readonly RecordedLine[] } {
  const lines: RecordedLine[] = [];
  const at =
    (level: LogLevel) =>
    (event: string, message: string, fields: LogFields = {}): void => {
      lines.push({ level, event, message, fields });
    };
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

/** A journal that writes its lines among the requests, so that a test sees their order. */
export function recordingJournal(lines: string[]): Journal {
  return {
    intent: (instanceId, attempt) => {
      lines.push(`intent ${instanceId} ${attempt}`);
      return Promise.resolve();
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
    drain: (work) => work(),
    giveUp: (failure) => {
      stopping.abort(failure);
      cut.abort(failure);
    },
  };
}
