import type { Log, LogFields, LogLevel } from '../../src/core/log.js';

export interface CapturedLine {
  readonly level: LogLevel;
  readonly event: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that keeps its lines. */
export function captureLog(): { readonly log: Log; readonly lines: readonly CapturedLine[] } {
  const lines: CapturedLine[] = [];
  const at =
    (level: LogLevel) =>
    (event: string, message: string, fields: LogFields = {}): void => {
      lines.push({ level, event, message, fields });
    };
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines };
}
