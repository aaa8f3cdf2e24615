import type { FoundRivals } from '../rivals.js';
import type { ServerProcess } from '../server/process.js';

/** What every experiment works with. */
export interface Bench {
  readonly server: ServerProcess;
  readonly rivals: FoundRivals;
  readonly rounds: Rounds;
  /** Says what could not be measured. */
  readonly skip: (sentence: string) => void;
}

/** How often something is measured, by how long it takes. */
export interface Rounds {
  /** Less than half a second. */
  readonly short: number;
  readonly middle: number;
  /** More than five seconds. */
  readonly long: number;
}

export const fullRounds: Rounds = { short: 31, middle: 9, long: 3 };
export const quickRounds: Rounds = { short: 5, middle: 2, long: 1 };

/** How long each answer of the API takes where waiting for it is what counts, in ms. */
export const answerMs = 50;
