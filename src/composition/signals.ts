import { setMaxListeners } from 'node:events';
import type { ErrorCode } from '../core/errorCatalogue.js';
import { type Failure, failureOf } from '../core/failure.js';
import type { RunLifetime } from '../runtime/runLifetime.js';
import type { EndSignal, System } from './system.js';

const codes: Readonly<Record<EndSignal, ErrorCode>> = {
  SIGINT: 'interrupted',
  SIGTERM: 'terminated',
  SIGHUP: 'hung_up',
};

/** The signals that reach the program, for every run that goes on in it. */
export interface Signals {
  /** Has signals end a run, from now until the returned function is called. */
  attach(lifetime: RunLifetime): () => void;
  /** What the first signal means for a run that has not begun; null while there was none. */
  failure(): Failure | null;
  /** Aborted by the second signal: whatever is still going on is given up. */
  readonly giveUp: AbortSignal;
}

/**
 * The first signal lets what is in flight end; the second gives it up. Listening goes on until the process ends:
 * a signal after the report must not turn its exit code into another one.
 */
export function listenToSignals(system: Pick<System, 'onSignal'>): Signals {
  const lifetimes = new Set<RunLifetime>();
  const giveUp = new AbortController();
  // Whatever is being sent listens to it, for every account.
  setMaxListeners(0, giveUp.signal);
  let first: Failure | null = null;
  system.onSignal((signal) => {
    const failure = failureOf(codes[signal]);
    const isFirst = first === null;
    first ??= failure;
    // The kernel and the shell both send one as a terminal is closed, so another one is no sign of impatience.
    if (!isFirst && signal === 'SIGHUP') return;
    for (const lifetime of lifetimes) {
      if (isFirst) lifetime.interrupt(failure);
      else lifetime.abandon(failure);
    }
    if (!isFirst) giveUp.abort(failure);
  });
  return {
    attach: (lifetime) => {
      lifetimes.add(lifetime);
      return () => lifetimes.delete(lifetime);
    },
    failure: () => first,
    giveUp: giveUp.signal,
  };
}
