import type { Failure } from './failure.js';

/** How a run is brought to an early end. */
export interface RunControl {
  /** Aborted when nothing new may be started. */
  readonly stopping: AbortSignal;
  /** Aborted, with a Failure as its reason, when requests in flight must be given up. */
  readonly cut: AbortSignal;
  /** Why the run is stopping; null while it is not. */
  failure(): Failure | null;
  /** How long the run may still go on, in ms; Infinity when it has no deadline. */
  remainingMs(): number;
  /** Starts nothing new from now on; what is in flight goes on. The first reason stands. */
  stop(failure: Failure): void;
  /** Does work that must not be cut off half-way: when time runs out meanwhile, it gets a grace period to end. */
  drain<Value>(work: () => Promise<Value>): Promise<Value>;
}
