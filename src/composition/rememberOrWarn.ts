import type { Log } from '../core/log.js';

/**
 * Writes down what was told, so that it is told once. Where that fails, the log says so and the run goes on.
 *
 * @param what - begins the sentence, such as `What was notified of`
 */
export function rememberOrWarn(write: () => void, what: string, log: Log): void {
  try {
    write();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.warn('notices_not_remembered', `${what} cannot be remembered: ${message}`);
  }
}
