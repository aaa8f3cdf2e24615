import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../support/until.js';

export interface ShellTerminal {
  /**
   * Types a line into the shell, and a key that puts all completions in the place of its last word.
   *
   * @returns the words that the program would have been started with
   */
  complete(line: string): Promise<readonly string[]>;
  close(): void;
}

interface Shell {
  /** The command that starts it, which reads `startFile`. */
  readonly command: (startFile: string) => string;
  readonly startText: string;
  /** The keys that insert all completions. */
  readonly insertAll: string;
}

interface Place {
  /** For what the harness keeps. */
  readonly folder: string;
  /** Where the shell starts. */
  readonly home: string;
  readonly path: string;
}

/** Starts an interactive shell on a terminal of its own, in a folder that only it uses. */
export async function openShellTerminal(
  { command, startText, insertAll }: Shell,
  { folder, home, path }: Place,
): Promise<ShellTerminal> {
  const startFile = join(folder, '.zshrc');
  const answer = join(folder, 'answer');
  writeFileSync(
    startFile,
    `${startText}
PS1='READY''> '
novita-spot() { printf '%s\\n' "$@" > '${answer}.part' && mv '${answer}.part' '${answer}'; }
`,
  );
  const terminal = spawn('script', ['-qfec', command(startFile), '/dev/null'], {
    cwd: home,
    env: { PATH: path, HOME: home, TERM: 'dumb', SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const screen = readScreen(terminal);
  await until(() => screen().includes('READY> '));
  return {
    complete: async (line) => {
      const shown = screen().length;
      terminal.stdin.write(`${line}${insertAll}\r`);
      await until(() => existsSync(answer)).catch(() => {
        throw new Error(`No answer to ${JSON.stringify(line)}: ${screen().slice(shown)}`);
      });
      const words = readFileSync(answer, 'utf8').trimEnd().split('\n');
      rmSync(answer);
      await until(() => screen().slice(shown).includes('READY> '));
      return words;
    },
    close: () => terminal.stdin.end('\u0003exit\r'),
  };
}

function readScreen({ stdout, stderr }: ChildProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => (text += part));
  return () => text;
}
