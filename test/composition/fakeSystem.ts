import { PassThrough } from 'node:stream';
import type { Report } from '../../src/core/report.js';
import type { EndSignal, Output, System } from '../../src/composition/system.js';

export interface FakeSystem extends System {
  readonly printed: () => string;
  readonly logged: () => string;
  /** What the person at the terminal types. */
  readonly keyboard: PassThrough;
  readonly send: (signal: EndSignal) => void;
}

interface FakeSystemOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Somebody sits at a terminal. */
  readonly terminal?: boolean;
  /** Of the terminal, in columns and lines. */
  readonly width?: number;
  readonly height?: number;
  readonly files?: Readonly<Record<string, string>>;
}

/** A system without a process: everything that is printed is kept. */
export function fakeSystem({
  environment = {},
  terminal = false,
  width = 80,
  height = 24,
  files = {},
}: FakeSystemOptions = {}): FakeSystem {
  const listeners = new Set<(signal: EndSignal) => void>();
  const keyboard = new PassThrough();
  const output = (texts: string[]): Output => ({
    isTerminal: terminal,
    width,
    height,
    write: (text) => texts.push(text),
    lost: () => Promise.resolve(null),
  });
  const printed: string[] = [];
  const logged: string[] = [];
  return {
    environment,
    homeDirectory: '/home/nobody',
    version: '1.2.3',
    pid: 4711,
    isAlive: () => false,
    stdout: output(printed),
    stderr: output(logged),
    conversation: terminal ? { input: keyboard, output: new PassThrough() } : null,
    readTextFile: (path) => {
      const text = files[path];
      if (text === undefined) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
      return text;
    },
    readStandardInput: () => Promise.resolve(files['-'] ?? ''),
    listFiles: (path) => {
      const names = Object.keys(files).filter((name) => name.startsWith(`${path}/`));
      if (names.length === 0) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
      return names.map((name) => name.slice(path.length + 1));
    },
    whyNotExecutable: () => null,
    signalGroup: () => undefined,
    onSignal: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onStop: () => () => undefined,
    printed: () => printed.join(''),
    logged: () => logged.join(''),
    keyboard,
    send: (signal) => listeners.forEach((listener) => listener(signal)),
  };
}

/** The report that was printed. */
export function reportOf(system: FakeSystem): Report {
  return JSON.parse(system.printed()) as Report;
}
