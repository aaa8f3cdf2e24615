import { createInterface } from 'node:readline/promises';

export interface ConfirmOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Aborted when the run ends while the question stands. */
  readonly signal: AbortSignal;
  /** Called for Ctrl-C, which reaches the program as a key and not as a signal while the question stands. */
  readonly onInterrupt: () => void;
  /** Called when the terminal is gone, which may be noticed before its SIGHUP. */
  readonly onLost: () => void;
}

/** Without a listener, node would end the program by it. */
const ignore = (): void => undefined;

/**
 * Asks a yes-or-no question once. Anything but y or yes is a no, and so are Ctrl-C, Ctrl-D, the end of the run
 * and that of the terminal.
 *
 * @param question - without the "[y/N]"
 */
export async function askYesOrNo(
  question: string,
  { input, output, signal, onInterrupt, onLost }: ConfirmOptions,
): Promise<boolean> {
  // Nothing tells a second question that the input has ended, and it would wait for ever.
  if ('readableEnded' in input && input.readableEnded === true) return false;
  // Once the question is over, nobody else listens.
  if (!input.listeners('error').includes(ignore)) input.on('error', ignore);
  const terminal = createInterface({ input, output });
  const lost = new Promise<null>((resolve) =>
    // It may come once more, as the terminal is closed.
    terminal.on('error', () => {
      onLost();
      resolve(null);
    }),
  );
  terminal.once('SIGINT', () => {
    onInterrupt();
    terminal.close();
  });
  // After Ctrl-Z and fg the terminal is back in the hands of the question, and nobody would read what is typed.
  terminal.on('SIGCONT', () => terminal.resume());
  const closed = new Promise<null>((resolve) => terminal.once('close', () => resolve(null)));
  const answered = terminal.question(`${question} [y/N] `, { signal }).catch(() => '');
  const answer = await Promise.race([answered, closed, lost]);
  terminal.close();
  // Only an answer and the end of the run bring the cursor to a new line.
  if (answer === null && !signal.aborted) output.write('\n');
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}
