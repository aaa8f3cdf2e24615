import { type ChildProcess, spawn } from 'node:child_process';

/** How long a program has to end by itself once it was told to, in ms. */
const graceMs = 2_000;
/** How long its last words may take when something that it left behind holds its output open, in ms. */
const lastWordsMs = 200;
/** How much of what it says is kept, in characters: the end of it. */
const outputLimit = 2_000;

export interface HookInput {
  /** The path of an executable file; it is run without arguments and never by a shell. */
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What it reads on standard input. */
  readonly input: string;
  readonly timeoutMs: number;
  /** Ends it when it aborts. */
  readonly signal: AbortSignal;
  /** Sends a signal to every process of a group. */
  readonly signalGroup: (pid: number, signal: 'SIGTERM' | 'SIGKILL') => void;
  /** Called as soon as it runs. */
  readonly onStarted: () => void;
}

export interface HookEnd {
  /** Why it did not end well, to be put after its name; null when it exited with 0. */
  readonly error: string | null;
  /** The end of what it wrote to stdout and stderr, as it is. */
  readonly output: string;
}

/**
 * Runs a program of the operator's and waits for it, for so long and no longer. When its time is up, it and everything
 * that it started get SIGTERM, and two seconds later SIGKILL. What a program that ends in time leaves running in the
 * background goes on, without its output. Never throws.
 */
export async function runHook(hook: HookInput): Promise<HookEnd> {
  try {
    return await run(hook);
  } catch (error) {
    // Some errors of the system are thrown, such as that of a program that is just being written, or of no memory.
    return { error: couldNotBeRun(error), output: '' };
  }
}

function couldNotBeRun(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return `could not be run (${String(code)})`;
}

function run({
  program,
  environment,
  input,
  timeoutMs,
  signal,
  signalGroup,
  onStarted,
}: HookInput): Promise<HookEnd> {
  return new Promise((resolve) => {
    let output = '';
    let cause: string | null = null;
    let timers: readonly NodeJS.Timeout[] = [];
    // A process group of its own: Ctrl-C reaches us and not it, and what it starts can be ended with it.
    const child: ChildProcess = spawn(program, [], {
      env: { ...environment },
      stdio: 'pipe',
      detached: true,
    });
    const { stdin, stdout, stderr } = child;

    const endGroup = (name: 'SIGTERM' | 'SIGKILL'): void => {
      try {
        if (child.pid !== undefined) signalGroup(child.pid, name);
      } catch {
        // It has ended meanwhile.
      }
    };
    const giveUp = (reason: string): void => {
      if (cause !== null) return;
      cause = reason;
      endGroup('SIGTERM');
      timers = [...timers, setTimeout(() => endGroup('SIGKILL'), graceMs)];
    };
    const onAbort = (): void => giveUp('was ended with the run');
    const finish = (error: string | null): void => {
      for (const timer of timers) clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (cause !== null) endGroup('SIGKILL');
      stdout?.destroy();
      stderr?.destroy();
      resolve({ error, output });
    };

    child.once('error', (error) => finish(couldNotBeRun(error)));
    // It does not run, as the error is about to say; when too many files are open, it has no streams either.
    if (child.pid === undefined) return;
    timers = [setTimeout(() => giveUp(`took longer than ${timeoutMs} ms and was ended`), timeoutMs)];
    signal.addEventListener('abort', onAbort, { once: true });
    for (const stream of [stdout, stderr]) {
      stream
        ?.setEncoding('utf8')
        .on('data', (text: string) => (output = (output + text).slice(-outputLimit)));
    }
    // A program need not read what it is told.
    stdin?.on('error', () => undefined).end(input);
    child.once('spawn', onStarted);
    child.once('exit', (code, killedBy) => {
      const own =
        code === 0 ? null : code === null ? `was ended by ${String(killedBy)}` : `exited with ${code}`;
      const end = (): void => finish(cause ?? own);
      timers = [...timers, setTimeout(end, lastWordsMs)];
      child.once('close', end);
    });
  });
}
