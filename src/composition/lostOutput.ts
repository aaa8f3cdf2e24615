import { exitCodes } from '../core/exitCode.js';
import { type Failure, failureOf } from '../core/failure.js';
import type { Log } from '../core/log.js';
import { reportError } from '../core/reportedError.js';
import { logProblem } from './logProblem.js';

const causes: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  EROFS: 'the file system is read-only',
  EIO: 'the device failed',
};

/** A run that has acted is judged by what it did. */
const actedStep = 'The exit code is that of what was done: novita-spot status and the log tell of it.';

/**
 * The failure of a result that could not be written.
 *
 * @param lostBy - the code of the error, such as ENOSPC
 */
export function outputFailure(lostBy: string, acted = false): Failure {
  const words = Object.hasOwn(causes, lostBy) ? causes[lostBy] : undefined;
  const detail = words === undefined ? lostBy : `${lostBy}, ${words}`;
  return failureOf('output_unwritable', { detail, ...(acted ? { nextStep: actedStep } : {}) });
}

export interface EndOfOutput {
  /** Null when the result arrived. */
  readonly lostBy: string | null;
  /** True when the run changed something or tried to, so that its exit code must go on saying how that went. */
  readonly acted: boolean;
  readonly log: Log;
  /** Columns of the terminal. */
  readonly width: number;
}

/**
 * Says that a result was lost, and changes the exit code of a run that was to do nothing but print it. A run that failed
 * anyway keeps its code, too.
 */
export function withLostOutput<Ending extends { readonly exitCode: number; readonly exitReason: string }>(
  ending: Ending,
  { lostBy, acted, log, width }: EndOfOutput,
): Ending {
  if (lostBy === null) return ending;
  logProblem(reportError(outputFailure(lostBy, acted)), null, log, width, 'output_lost');
  const wasFine = ending.exitCode === exitCodes.ok || ending.exitReason === 'changes';
  return wasFine && !acted ? { ...ending, exitCode: exitCodes.output, exitReason: 'output' } : ending;
}
