import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface TerminalRun {
  readonly code: number | null;
  /** All that came out on the terminal, with its line ends as a program writes them. */
  readonly shown: string;
}

export interface TerminalOptions {
  readonly width: number;
  readonly height?: number;
  /** All that the command finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface OpenTerminal {
  /** All that has come out so far. */
  shown(): string;
  /** Types, such as `\u0003` for Ctrl-C. */
  type(keys: string): void;
  /** Ends the command if it has not ended. */
  close(): void;
  /** Takes the terminal away, as a window that is closed does. The command is left alone with that. */
  vanish(): void;
  readonly ended: Promise<TerminalRun>;
}

/**
 * Runs a command on a pseudo terminal of its own to its end.
 *
 * @param command - for the shell
 */
export function runOnTerminal(command: string, options: TerminalOptions): Promise<TerminalRun> {
  return openTerminal(command, options).ended;
}

/** Starts a command on a pseudo terminal of its own, for somebody to type at. */
export function openTerminal(
  command: string,
  { width, height = 24, environment }: TerminalOptions,
): OpenTerminal {
  const size = `stty cols ${width} rows ${height}`;
  const child = spawn('script', ['-qfec', `${size}; ${command}`, '/dev/null'], {
    env: environment,
    // At the end of its input, script would type Ctrl-D.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  return {
    shown: () => shown,
    type: (keys) => child.stdin.write(keys),
    close: () => child.kill('SIGTERM'),
    vanish: () => child.kill('SIGKILL'),
    ended: endOf(child, () => shown),
  };
}

function endOf(
  child: ChildProcessByStdio<Writable, Readable, null>,
  shown: () => string,
): Promise<TerminalRun> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => child.stdin.destroy());
    child.once('close', (code) => resolve({ code, shown: shown().replaceAll('\r\n', '\n') }));
  });
}
