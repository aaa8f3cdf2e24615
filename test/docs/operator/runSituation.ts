import { join } from 'node:path';
import { acquireLock } from '../../../src/runtime/lock.js';
import { startInShell } from '../../support/inShell.js';
import { canaryKey, newFolder } from '../../support/migrateRun.js';
import { account, whileServing } from './api.js';
import type { Situation } from './situations.js';

/** Runs the built program as a scheduler does, and takes what it says on both streams. */
export async function runSituation({
  args,
  api,
  environment = {},
  prepare,
  locked = false,
  shell = 'exec "$@"',
}: Situation): Promise<{ readonly code: number | null; readonly said: string }> {
  const stateDir = newFolder();
  prepare?.(stateDir);
  const holder = { pid: process.pid, host: 'gpu-operations', startedAt: '2026-11-24T13:42:39.000Z' };
  const lock = locked ? await acquireLock(join(stateDir, 'lock'), holder) : null;
  try {
    return await whileServing(api ?? account([]), async (origin) => {
      const { STATE: folder, ...own } = environment;
      const { ended } = startInShell(shell, args, {
        NOVITA_API_KEY: canaryKey,
        NOVITA_API_BASE_URL: api === undefined ? 'http://127.0.0.1:1' : origin,
        NOVITA_SPOT_STATE_DIR: folder === undefined ? stateDir : join(stateDir, folder),
        MIGRATION_LOG_FORMAT: 'text',
        MIGRATION_RETRY_BASE_MS: '1',
        ...own,
      });
      const { code, stdout, stderr } = await ended;
      return { code, said: stdout + stderr };
    });
  } finally {
    if (lock?.kind === 'acquired') lock.release();
  }
}
