import { exitCodes, type ExitReason } from '../core/exitCode.js';

const meanings: Readonly<Record<ExitReason, string>> = {
  ok: 'done, nothing to do, disabled, or dry run',
  internal: 'a bug',
  changes: 'only with --detailed-exitcode: eligible instances exist',
  partial:
    'some eligible instances were not migrated, or it is not known, an id or name was not found or is ambiguous, or a plan is outdated',
  failed: 'there were eligible instances, and none was migrated',
  usage: 'the command line is not valid',
  unavailable: 'the API could not be reached or kept failing',
  state: 'the lock or the state folder cannot be used',
  output: 'the result could not be written, in a run that changed nothing',
  locked: 'another run holds the lock; nothing was done',
  protocol: 'an answer of the API could not be understood',
  auth: 'the API refused the key or the account',
  config: 'the configuration is missing or invalid',
  deadline: 'MIGRATION_JOB_TIMEOUT_MS was reached',
  hangup: 'stopped by SIGHUP, such as of a terminal that is closed',
  interrupted: 'stopped by SIGINT',
  terminated: 'stopped by SIGTERM',
};

export interface ExitStatus {
  readonly code: number;
  readonly meaning: string;
}

/** The exit codes of these reasons and what they mean to people, by code. */
export function exitStatuses(reasons: Iterable<ExitReason>): readonly ExitStatus[] {
  return [...new Set(reasons)]
    .map((reason) => ({ code: exitCodes[reason], meaning: meanings[reason] }))
    .sort((a, b) => a.code - b.code);
}
