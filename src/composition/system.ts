import type { StopListener } from '../runtime/jobControl.js';

/** What asks the program to end. */
export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A stream that the program writes to. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal as it is now; 80 where there is none. */
  readonly width: number;
  /** Lines of the terminal as it is now; 24 where there is none. */
  readonly height: number;
  write(text: string): void;
  /**
   * Resolves when all that was written has arrived or is lost.
   *
   * @returns the code of the error that it was lost by, such as ENOSPC; null when it arrived, and when the reader did
   *   not want to read on, as in `| head`
   */
  lost(): Promise<string | null>;
}

/** Everything outside the program that a run touches, apart from the network and the clock. */
export interface System {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly homeDirectory: string;
  readonly version: string;
  readonly pid: number;
  /** True when a process of this host lives. */
  readonly isAlive: (pid: number) => boolean;
  /** Results, and nothing else. */
  readonly stdout: Output;
  /** Logs, prompts and progress. */
  readonly stderr: Output;
  /** The streams to talk with a person; null when nobody is there to answer. */
  readonly conversation: {
    readonly input: NodeJS.ReadableStream;
    readonly output: NodeJS.WritableStream;
  } | null;
  /** @throws the errors of node:fs */
  readonly readTextFile: (path: string, largestBytes?: number) => string;
  /** All of standard input, to its end. Rejects with the errors of node:fs, and when the signal aborts. */
  readonly readStandardInput: (signal: AbortSignal) => Promise<string>;
  /** The names of the plain files in a folder, and of links to such or to nowhere. @throws the errors of node:fs */
  readonly listFiles: (path: string) => readonly string[];
  /** Why this user cannot run a file as a program; null when it can be run. */
  readonly whyNotExecutable: (path: string) => string | null;
  /** Sends a signal to every process of a group. @throws when there is none */
  readonly signalGroup: (pid: number, signal: 'SIGTERM' | 'SIGKILL') => void;
  /** Calls the listener for each signal that asks the program to end, until the returned function is called. */
  readonly onSignal: (listener: (signal: EndSignal) => void) => () => void;
  /** Calls the listener whenever a person stops the program (Ctrl-Z), until the returned function is called. */
  readonly onStop: (listener: StopListener) => () => void;
}
