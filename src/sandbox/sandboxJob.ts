import { hexadecimal, type Random } from './random.js';

/** An entry of the emulated provider's job list. Times are unix seconds. */
export interface SandboxJob {
  readonly id: string;
  readonly instanceId: string;
  readonly type: string;
  readonly createdAt: number;
  state: 'pulling' | 'running' | 'fail' | 'success';
  error: string;
  errorMessage: string;
  /** When an open job ends; Infinity when it stays open. */
  readonly endsAt: number;
}

/** Makes a migration that succeeded, but for the changes. */
export function sandboxJob(
  random: Random,
  changes: Partial<SandboxJob> & { readonly instanceId: string; readonly createdAt: number },
): SandboxJob {
  return {
    id: hexadecimal(random, 20),
    type: 'instanceMigrate',
    state: 'success',
    error: '',
    errorMessage: '',
    endsAt: changes.createdAt,
    ...changes,
  };
}
