import { errorCatalogue, type ErrorCategory, type ErrorCode } from './errorCatalogue.js';

/** Why something did not work, in the words of the error catalogue. Holds no secret and no stack. */
export interface Failure {
  readonly code: ErrorCode;
  readonly category: ErrorCategory;
  /** What happened, in one sentence: that of the catalogue, with the cause. */
  readonly message: string;
  /** Why, in a few words, such as `api.novita.ai: HTTP 403`; null when nothing more is known. */
  readonly cause: string | null;
  /** The host that was asked, with its port if it has one; null when the failure is of no request. */
  readonly host: string | null;
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
  readonly host?: string;
  /** A better next step than the usual one, where the cause is known well enough. */
  readonly nextStep?: string;
}

/** What the API says of an instance is not explained by the address that it was asked at. */
const ofTheInstance: ReadonlySet<ErrorCategory> = new Set(['account', 'capacity', 'conflict', 'permanent']);

/** Builds a failure from its entry in the catalogue. */
export function failureOf(code: ErrorCode, details: FailureDetails = {}): Failure {
  const { category, message, nextStep, retryable } = errorCatalogue[code];
  const { detail = '', status = null, host = null } = details;
  const place = host === null || ofTheInstance.has(category) ? '' : host;
  const cause = [place, detail].filter((part) => part !== '').join(': ');
  return {
    code,
    category,
    message: cause === '' ? message : `${message}: ${cause}`,
    cause: cause === '' ? null : cause.trim(),
    host,
    nextStep: details.nextStep ?? nextStep,
    retryable,
    status,
  };
}
