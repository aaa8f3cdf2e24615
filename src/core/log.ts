import type { LogEvent } from './logEvents.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Flat, named values that belong to a log line. Never a secret. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * Where the program says what it does.
 *
 * @param event - a stable name for machines, such as `migrate_requested`
 * @param message - the same for people
 * @param onTerminal - the same laid out over several lines, for a person at a terminal
 */
export type LogLine = (event: LogEvent, message: string, fields?: LogFields, onTerminal?: string) => void;

export type Log = Readonly<Record<LogLevel, LogLine>>;
