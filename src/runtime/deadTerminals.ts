import { closeSync } from 'node:fs';
import { isTerminal } from './isTerminal.js';

const standardStreams = [0, 1, 2] as const;

/** The descriptors among the standard streams that are terminals. */
export function terminalsNow(): readonly number[] {
  return standardStreams.filter(isTerminal);
}

/**
 * Lets go of terminals that are gone, as the last thing before the process ends. Up to 22, node wants to restore them as
 * it ends and aborts when it cannot, which takes the place of the exit code and may leave a dump of its memory behind
 * (nodejs/node#58200). What is closed it leaves alone.
 *
 * @param terminals - what `terminalsNow` said at the start
 */
export function letGoOfDead(terminals: readonly number[]): void {
  for (const descriptor of terminals) {
    if (!isTerminal(descriptor)) closeSync(descriptor);
  }
}
