import { errorCatalogue, type ErrorCategory, type ErrorCode } from './errorCatalogue.js';

/** Why something did not work, in the words of the error catalogue. Holds no secret and no stack. */
export interface Failure {
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What the operator can do about it. */
  readonly nextStep: string;
  /** True when the same request may work on another attempt. */
  readonly retryable: boolean;
  /** The HTTP status of the provider's answer; null when there was none. */
  readonly status: number | null;
}

export interface FailureDetails {
  /** What happened in this case, appended to the catalogue's message. */
  readonly detail?: string;
  readonly status?: number;
}

/** Builds a failure from its entry in the catalogue. */
export function failureOf(code: ErrorCode, { detail, status }: FailureDetails = {}): Failure {
  const { category, message, nextStep, retryable } = errorCatalogue[code];
  return {
    code,
    category,
    message: detail === undefined || detail === '' ? message : `${message}: ${detail}`,
    nextStep,
    retryable,
    status: status ?? null,
  };
}
