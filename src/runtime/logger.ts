import { createConsola } from 'consola/basic';
import type { Log, LogFields, LogLevel, LogLine } from '../core/log.js';
import type { Scrub } from './secrets.js';

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** Null for what is about no single run. */
  readonly runId: string | null;
  /** The name of the account; null when it has none. */
  readonly account: string | null;
  readonly scrub: Scrub;
  /** Unix ms. */
  readonly now: () => number;
  readonly write: (line: string) => void;
}

/** `terminal` is text for a person who is watching: the time of day, and fields only at debug level. */
export type LogFormat = 'text' | 'json' | 'terminal';

interface Entry {
  readonly time: string;
  readonly level: LogLevel;
  readonly event: string;
  readonly text: string;
  readonly fields: LogFields;
}

const consolaLevels = { error: 0, warn: 1, info: 3, debug: 4 } as const;

const ignored: LogLine = () => undefined;

/** Creates the log: one line per entry, as text or as one JSON object, with every secret taken out. */
export function createLogger({ level, format, runId, account, scrub, now, write }: LoggerOptions): Log {
  const render = {
    json: (entry: Entry) => jsonLine(entry, runId, account),
    text: textLine,
    terminal: (entry: Entry) => terminalLine(entry, level),
  }[format];
  const consola = createConsola({
    level: consolaLevels[level],
    // Otherwise equal lines are folded and the process ends a second late.
    throttle: 0,
    reporters: [{ log: ({ args }) => write(`${scrub(render(args[0] as Entry))}\n`) }],
  });
  const lineOf = (lineLevel: LogLevel): LogLine => {
    // There may be one for each of very many instances.
    if (consolaLevels[lineLevel] > consolaLevels[level]) return ignored;
    return (event, line, fields = {}, onTerminal = line) => {
      const text = format === 'terminal' ? onTerminal : line;
      const time = new Date(now()).toISOString();
      const named = format === 'json' || account === null ? text : `${account}: ${text}`;
      const entry: Entry = { time, level: lineLevel, event, text: named, fields };
      consola[lineLevel](entry);
    };
  };
  return { debug: lineOf('debug'), info: lineOf('info'), warn: lineOf('warn'), error: lineOf('error') };
}

function jsonLine(
  { time, level, event, text, fields }: Entry,
  runId: string | null,
  account: string | null,
): string {
  return JSON.stringify({ time, level, message: text, runId, account, event, ...fields });
}

function textLine({ time, level, event, text, fields }: Entry): string {
  return `${time} ${level.padEnd(5)} ${text}${fieldText({ event, ...notYetIn(text, fields) })}`;
}

/** A mail of cron is for people: a sentence that stands in the text is not repeated as a field. */
function notYetIn(text: string, fields: LogFields): LogFields {
  const inOneLine = (lines: string): string => lines.replaceAll(/\s+/g, ' ');
  const isSaid = (value: unknown): boolean =>
    typeof value === 'string' && value.includes(' ') && inOneLine(text).includes(inOneLine(value));
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isSaid(value)));
}

function terminalLine({ time, level, text, fields }: Entry, threshold: LogLevel): string {
  return `${time.slice(11, 19)} ${level.padEnd(5)} ${text}${threshold === 'debug' ? fieldText(fields) : ''}`;
}

function fieldText(fields: LogFields): string {
  return Object.entries(fields)
    .map(
      ([name, value]) =>
        ` ${name}=${typeof value === 'string' && /^[\w.:/-]+$/.test(value) ? value : JSON.stringify(value)}`,
    )
    .join('');
}
