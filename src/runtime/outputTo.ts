import { fstatSync, writeFileSync } from 'node:fs';

/** A stream of the process that texts are written to. */
export interface ProcessOutput {
  readonly isTerminal: boolean;
  readonly width: number;
  readonly height: number;
  write(text: string): void;
  lost(): Promise<string | null>;
}

/** The reader went away, so it has read what it wanted to; whatever is written after that finds no stream. */
const readerIsGone = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

/**
 * Writes to a stream of the process. An output that cannot be written never turns into a crash: what came of it is
 * asked for when all is written.
 */
export function outputTo(stream: NodeJS.WriteStream, descriptor: number): ProcessOutput {
  let lostBy: string | null = null;
  const pending = new Set<Promise<void>>();
  const note = (error: unknown): void => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (!readerIsGone.has(code)) lostBy ??= code;
  };
  stream.on('error', note);
  const isFile = isPlainFile(descriptor);

  const send = (text: string): Promise<void> =>
    new Promise((resolve) => {
      stream.write(text, (error) => {
        if (error) note(error);
        resolve();
      });
    });
  return {
    isTerminal: stream.isTTY,
    get width() {
      return sizeOf(stream.columns, 80);
    },
    get height() {
      return sizeOf(stream.rows, 24);
    },
    write: (text) => {
      if (text === '') return;
      if (isFile) {
        // A stream would write once, and take no notice when a disk that fills up takes a part only.
        try {
          writeFileSync(descriptor, text);
        } catch (error) {
          note(error);
        }
        return;
      }
      const sent = send(text);
      pending.add(sent);
      void sent.then(() => pending.delete(sent));
    },
    lost: async () => {
      await Promise.all(pending);
      return lostBy;
    },
  };
}

/** A terminal that does not know its size says 0; what is no terminal says nothing. */
function sizeOf(said: number | undefined, usual: number): number {
  return said === undefined || said < 1 ? usual : said;
}

function isPlainFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
