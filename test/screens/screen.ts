import type { PastRun } from '../support/pastRuns.js';

/** One screen of the program: what is typed, and what there is when it is. */
export interface Screen {
  /** Of its file, without the ending. */
  readonly name: string;
  /** What is typed behind `novita-spot`. */
  readonly args: readonly string[];
  /** What makes it special, for readers of its file. */
  readonly about: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** What is typed at the prompt, or Ctrl-C. */
  readonly answer?: string;
  /** What stands in the journal. */
  readonly journal?: readonly PastRun[];
  /** A dry run of the demo account was written down, and what became of the file since. */
  readonly planned?: { readonly path: string; readonly since: (plan: string) => string };
  /** Another run goes on. */
  readonly locked?: boolean;
  /** Serves an account with this key, in place of the `--sandbox` of a run. */
  readonly served?: { readonly apiKey: string };
}

/** The terminal that a screen is shown on. */
export interface Terminal {
  readonly width: number;
  readonly colour: boolean;
}

/** Every screen is taken on each; what does not depend on the terminal stands only once in its file. */
export const terminals: readonly Terminal[] = [
  { width: 80, colour: false },
  { width: 120, colour: false },
  { width: 80, colour: true },
  { width: 120, colour: true },
];

export function nameOfTerminal({ width, colour }: Terminal): string {
  return `${width} columns${colour ? ', colour' : ''}`;
}

/** What a person sees: all that was written to stdout and stderr, in its order. */
export interface Shot {
  readonly text: string;
  readonly exitCode: number;
}
