import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const folder = mkdtempSync(join(tmpdir(), 'novita-spot-scripts-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/**
 * Puts a script of the tests and the source that it imports into one file that node runs by itself. Translated
 * as it starts, it would start too late to race with anything.
 *
 * @returns the absolute path of that file
 */
export function bundledScript(script: URL): string {
  const source = fileURLToPath(script);
  const outfile = join(folder, `${basename(source, '.ts')}.mjs`);
  buildSync({ entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'esm' });
  return outfile;
}
