import type { Failure } from './failure.js';

/** A failure in the form that is published. */
export type ReportedError = Pick<
  Failure,
  'code' | 'category' | 'message' | 'cause' | 'host' | 'status' | 'nextStep' | 'retryable'
>;

/** Puts a failure into the form that is published. */
export function reportError(failure: Failure): ReportedError;
export function reportError(failure: Failure | null): ReportedError | null;
export function reportError(failure: Failure | null): ReportedError | null {
  if (failure === null) return null;
  const { code, category, message, cause, host, status, nextStep, retryable } = failure;
  return { code, category, message, cause, host, status, nextStep, retryable };
}
