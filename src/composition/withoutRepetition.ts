import type { Log, LogLine } from '../core/log.js';
import type { LogEvent } from '../core/logEvents.js';

/** What the screen of a run says too, and in a better form. */
const onScreen: ReadonlySet<LogEvent> = new Set(['decided', 'disabled', 'not_migrated', 'summary']);

/**
 * A log for a person who sees the screen of the run on the same terminal, and should not read everything twice.
 *
 * @param screenIsLate - the screens come when every account has ended, so that summaries tell how it goes on
 */
export function withoutRepetition(log: Log, screenIsLate: boolean): Log {
  const filtered =
    (line: LogLine): LogLine =>
    (event, ...rest) => {
      if (!onScreen.has(event) || (screenIsLate && event === 'summary')) line(event, ...rest);
    };
  return {
    debug: filtered(log.debug),
    info: filtered(log.info),
    warn: filtered(log.warn),
    error: filtered(log.error),
  };
}
