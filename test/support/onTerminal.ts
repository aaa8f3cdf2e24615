import { spawn } from 'node:child_process';

export interface TerminalRun {
  readonly code: number | null;
  /** All that came out on the terminal, with its line ends as a program writes them. */
  readonly shown: string;
}

/**
 * Runs a command on a pseudo terminal of its own to its end.
 *
 * @param command - for the shell
 * @param environment - all that the command finds in its environment
 */
export function runOnTerminal(
  command: string,
  { width, environment }: { readonly width: number; readonly environment: Readonly<Record<string, string>> },
): Promise<TerminalRun> {
  const child = spawn('script', ['-qfec', `stty cols ${width} rows 24; ${command}`, '/dev/null'], {
    env: environment,
    // At the end of its input, script would type Ctrl-D.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (shown += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => child.stdin.destroy());
    child.once('close', (code) => resolve({ code, shown: shown.replaceAll('\r\n', '\n') }));
  });
}
