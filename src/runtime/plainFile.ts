import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** Far above any key, URL or env file. */
const usualLargestBytes = 1024 * 1024;

/**
 * Reads a text file that the configuration names. A pipe or a device could keep the program waiting for ever, or feed
 * it without end, before there is a deadline, so only plain files are read.
 *
 * @param largestBytes - 1 MiB unless told otherwise
 * @throws the errors of node:fs; one with the code ENOTPLAIN or EFBIG for what is no plain file or too large
 */
export function readPlainFile(path: string, largestBytes = usualLargestBytes): string {
  // Opening a pipe that nobody writes to would wait as well.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stats = fstatSync(descriptor);
    if (stats.isDirectory()) throw errorWith('EISDIR');
    if (!stats.isFile()) throw errorWith('ENOTPLAIN');
    if (stats.size > largestBytes) throw errorWith('EFBIG');
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function errorWith(code: string): Error {
  return Object.assign(new Error(code), { code });
}
