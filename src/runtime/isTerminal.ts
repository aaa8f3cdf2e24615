import { fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { builtInLate } from './builtInLate.js';

/**
 * True for a descriptor of a terminal. Node can only tell together with all that it takes to use one, which is a good part
 * of a short start; so it is not asked about files, pipes and the null device, which a scheduler gives.
 */
export function isTerminal(descriptor: number): boolean {
  if (!mayBeTerminal(descriptor)) return false;
  return builtInLate('node:tty').isatty(descriptor);
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync(devNull).rdev;
  } catch {
    // A terminal that is gone, or a system that tells in another way.
    return true;
  }
}
