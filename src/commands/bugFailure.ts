import { type Failure, failureOf } from '../core/failure.js';
import type { Log } from '../core/log.js';

/** Turns an error that nobody expected into a failure. Its stack goes to the log, where secrets are taken out. */
export function bugFailure(error: unknown, log: Log): Failure {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  log.error('bug', stack ?? message);
  return failureOf('internal_error', { detail: message });
}
