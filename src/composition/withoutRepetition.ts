import type { Log, LogLine } from '../core/log.js';
import type { LogEvent } from '../core/logEvents.js';

/** What the screen of a run says too, and in a better form. */
const onScreen: ReadonlySet<LogEvent> = new Set(['decided', 'disabled', 'not_migrated', 'summary']);

/** A log for a person who sees the screen of the run on the same terminal, and should not read everything twice. */
export function withoutRepetition(log: Log): Log {
  const filtered =
    (line: LogLine): LogLine =>
    (event, ...rest) => {
      if (!onScreen.has(event)) line(event, ...rest);
    };
  return {
    debug: filtered(log.debug),
    info: filtered(log.info),
    warn: filtered(log.warn),
    error: filtered(log.error),
  };
}
