import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The names of the plain files in a folder, and of links to such. What cannot be looked at, such as a link to nowhere,
 * counts as well: whoever reads it is told what is wrong with it.
 *
 * @throws the errors of node:fs when the folder cannot be read
 */
export function listFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => mayBeFile(join(folder, name)));
}

function mayBeFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return true;
  }
}
