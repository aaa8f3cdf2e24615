import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../support/until.js';

export interface TmuxTerminal {
  /** What a person sees on it now, without the blanks at the ends of lines and the empty lines below. */
  screen(): string;
  /** All lines since the start, also those that have scrolled away. */
  scrollback(): string;
  /** Types keys by tmux's names for them, such as `y`, `Enter` or `C-c`. */
  type(...keys: readonly string[]): void;
  resize(columns: number, rows: number): void;
  /** Waits for a text to be shown, even if it scrolls away. */
  untilShown(text: string): Promise<void>;
  /** Waits for the screen to be like this. */
  untilOnScreen(expected: RegExp): Promise<void>;
  /** Waits for the command to end. */
  ended(): Promise<EndOfCommand>;
  close(): void;
}

export interface EndOfCommand {
  readonly code: number;
  /** The cursor is visible, what is typed is echoed, and lines are put together as before. */
  readonly leftInOrder: boolean;
}

export interface TmuxOptions {
  readonly columns: number;
  readonly rows: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a command in a terminal of a tmux server that only it uses. */
export function openTmuxTerminal(
  command: string,
  { columns, rows, environment = {} }: TmuxOptions,
): TmuxTerminal {
  const folder = mkdtempSync(join(tmpdir(), 'novita-spot-tmux-'));
  const socket = join(folder, 'socket');
  const configuration = join(folder, 'tmux.conf');
  writeFileSync(configuration, 'set -g status off\n');
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-S', socket, '-f', configuration, ...args], {
      env: { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8', SHELL: '/bin/sh', ...environment },
      encoding: 'utf8',
    });
  const size = (width: number, height: number) => ['-x', String(width), '-y', String(height)] as const;
  const ending = join(folder, 'ending');
  // Ctrl-C reaches the shell as well, which has to live on. What is typed once the command has ended is kept from it.
  const shell = `trap : INT; ${command}; { echo $?; stty -a; } > ${ending}.part; mv ${ending}.part ${ending}; exec cat`;
  tmux('new-session', '-d', ...size(columns, rows), shell);
  const ask = (format: string): string => tmux('display-message', '-p', format).trim();
  const capture = (...options: readonly string[]): string =>
    tmux('capture-pane', '-p', ...options)
      .replaceAll(/ +$/gm, '')
      .trimEnd();

  return {
    screen: () => capture(),
    scrollback: () => capture('-S', '-'),
    type: (...keys) => void tmux('send-keys', ...keys),
    resize: (width, height) => void tmux('resize-window', ...size(width, height)),
    untilShown: (text) =>
      untilSeen(
        () => capture('-S', '-'),
        (seen) => seen.includes(text),
        text,
      ),
    untilOnScreen: (expected) =>
      untilSeen(
        () => capture(),
        (seen) => expected.test(seen),
        expected.source,
      ),
    ended: async () => {
      await until(() => existsSync(ending));
      const [code, ...settings] = readFileSync(ending, 'utf8').split(/\s+/);
      const inOrder = ['icanon', 'echo', 'isig', 'opost'].every((setting) => settings.includes(setting));
      return { code: Number(code), leftInOrder: inOrder && ask('#{cursor_flag}') === '1' };
    },
    close: () => {
      tmux('kill-server');
      rmSync(folder, { recursive: true });
    },
  };
}

async function untilSeen(
  look: () => string,
  isThere: (seen: string) => boolean,
  what: string,
): Promise<void> {
  await until(() => isThere(look())).catch(() => {
    throw new Error(`Not on the terminal: ${what}\n${look()}`);
  });
}
