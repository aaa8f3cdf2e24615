import { createAccount, numberedIds, reclaimedRow } from './account.js';
import { blackHole, late } from './faults.js';
import { startFaultyProxy } from './faultyProxy.js';
import { newFolder, quickEnvironment, removeFolders } from './migrateRun.js';
import { startProgram } from './runProgram.js';

export interface OpenRunOptions {
  readonly instances: number;
  /** How long each answer takes; null for migrate requests that are never answered. */
  readonly answerMs: number | null;
  readonly environment?: Readonly<Record<string, string>>;
  readonly stateDir?: string;
}

const clean = new Set<() => Promise<void>>();

/** Starts `migrate` against a server of its own; `closeRuns` ends both, whatever has become of the test. */
export async function openRun({
  instances,
  answerMs,
  environment = {},
  stateDir = newFolder(),
}: OpenRunOptions) {
  const account = createAccount(numberedIds(instances).map(reclaimedRow));
  const lists = ['/gpu/instances', '/jobs'].map(
    (path) => ({ method: 'GET', path, fault: late(answerMs ?? 0) }) as const,
  );
  const migrate = { method: 'POST', path: '/gpu/instance/migrate' } as const;
  const proxy = await startFaultyProxy(account, [
    ...lists,
    { ...migrate, fault: answerMs === null ? blackHole : late(answerMs) },
  ]);
  const { child, ended } = startProgram(['migrate', '-o', 'json'], {
    environment: { ...quickEnvironment(proxy.baseUrl, stateDir), ...environment },
  });
  const close = async (): Promise<void> => {
    clean.delete(close);
    child.kill('SIGKILL');
    await proxy.close();
  };
  clean.add(close);
  return { account, proxy, child, ended, stateDir, close };
}

export async function closeRuns(): Promise<void> {
  for (const close of clean) await close();
  removeFolders();
}
