import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Where the rules and their tests are. */
export const rulesFolder = fileURLToPath(new URL('../../deploy/prometheus/', import.meta.url));

/**
 * Runs promtool in the folder of the rules.
 *
 * @param input - what it reads from its standard input
 * @throws Error when it cannot be started, such as when it is not installed
 */
export function promtool(
  args: readonly string[],
  input = '',
): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr, error } = spawnSync('promtool', args, {
    cwd: rulesFolder,
    input,
    encoding: 'utf8',
  });
  if (error) throw error;
  return { code: status, said: stdout + stderr };
}
