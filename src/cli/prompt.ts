import { createInterface } from 'node:readline/promises';

export interface ConfirmOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Aborted when the run ends while the question stands. */
  readonly signal: AbortSignal;
  /** Called for Ctrl-C, which reaches the program as a key and not as a signal while the question stands. */
  readonly onInterrupt: () => void;
}

/**
 * Asks a yes-or-no question once. Anything but y or yes is a no, and so are Ctrl-C, Ctrl-D and the end of the run.
 *
 * @param question - without the "[y/N]"
 */
export async function askYesOrNo(
  question: string,
  { input, output, signal, onInterrupt }: ConfirmOptions,
): Promise<boolean> {
  // Nothing tells a second question that the input has ended, and it would wait for ever.
  if ('readableEnded' in input && input.readableEnded === true) return false;
  const terminal = createInterface({ input, output });
  terminal.once('SIGINT', () => {
    onInterrupt();
    terminal.close();
  });
  // After Ctrl-Z and fg the terminal is back in the hands of the question, and nobody would read what is typed.
  terminal.on('SIGCONT', () => terminal.resume());
  const closed = new Promise<null>((resolve) => terminal.once('close', () => resolve(null)));
  const answered = terminal.question(`${question} [y/N] `, { signal }).catch(() => '');
  const answer = await Promise.race([answered, closed]);
  terminal.close();
  // Only an answer and the end of the run bring the cursor to a new line.
  if (answer === null && !signal.aborted) output.write('\n');
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}
