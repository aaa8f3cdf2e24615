import type { ErrorCode } from '../core/errorCatalogue.js';
import { failureOf } from '../core/failure.js';
import type { Effect } from '../core/outcome.js';
import { readRetryAfter } from '../core/retry.js';
import { ProviderError } from '../core/providerError.js';
import { parseErrorBody, parseJson } from './answers.js';
import { cleanText } from './cleanText.js';
import { describeWebPage } from './webPage.js';

/** An HTTP answer, as far as it matters here. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly contentType?: string | undefined;
  readonly location?: string | undefined;
  /** When the server says that it answered; absent when a cache did. */
  readonly date?: string | undefined;
  readonly body: string;
}

/**
 * The API's own reasons. They come before the HTTP status, because the API answers 400 for capacity,
 * balance, state and not-found alike (documented).
 */
const codeOfReason: Readonly<Record<string, ErrorCode>> = {
  INVALID_API_KEY: 'auth_refused',
  MISSING_API_KEY: 'auth_refused',
  INVALID_USER_TOKEN: 'auth_refused',
  BANNED_USER: 'account_blocked',
  USER_IS_LOCKED: 'account_blocked',
  BALANCE_NOT_ENOUGH: 'balance_too_low',
  EXPIRED_OR_BALANCE_NOT_ENOUGH: 'balance_too_low',
  INSUFFICIENT_RESOURCE: 'no_capacity',
  MIGRATE_INSUFFICIENT_RESOURCE: 'no_capacity',
  CLUSTER_STATUS: 'no_capacity',
  NODE_STATUS: 'no_capacity',
  CONFLICT: 'state_conflict',
  DEPENDENT_RESOURCE_STATE: 'state_conflict',
  OPERATION_LIMIT: 'state_conflict',
  RESOURCE_NOT_FOUND: 'instance_gone',
  VALIDATOR_PARAM: 'request_rejected',
  UNSUPPORTED_BILLING_MODE: 'incompatible',
  CUDA_VERSION_INCOMPATIBLE: 'incompatible',
  RATE_LIMIT_EXCEEDED: 'rate_limited',
  UNKNOWN: 'server_error',
};

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'auth_refused',
  402: 'balance_too_low',
  403: 'auth_refused',
  404: 'instance_gone',
  407: 'proxy_in_the_way',
  408: 'request_timeout',
  409: 'state_conflict',
  429: 'rate_limited',
  // A gateway gave up waiting: what stands behind it may still do what was asked.
  504: 'request_timeout',
  // Only something on the way answers so, such as the sign-in page of a network (RFC 6585).
  511: 'proxy_in_the_way',
};

/** The API understood the request and says that it did nothing. */
const refusals = new Set<ErrorCode>([
  'auth_refused',
  'account_blocked',
  'balance_too_low',
  'no_capacity',
  'state_conflict',
  'instance_gone',
  'request_rejected',
  'incompatible',
  'rate_limited',
  'proxy_in_the_way',
]);

/** Takes the key out of a text: an error may well repeat what it refuses. */
export type Redact = (text: string) => string;

/** By its status alone. */
export function isSuccess({ status }: Pick<Answer, 'status'>): boolean {
  return status >= 200 && status < 300;
}

/**
 * Turns an answer that is not a success into our own error: by its reason, then by its status.
 *
 * @param nowMs - unix ms, to read a Retry-After that is a date
 * @param host - who was asked
 * @returns null when the answer is a success. A 2xx that carries one of the API's own error reasons is none.
 */
export function errorOfAnswer(
  answer: Answer,
  nowMs: number,
  redact: Redact,
  host: string,
): ProviderError | null {
  const { status, contentType } = answer;
  const body = redact(answer.body);
  const { reason, message } = parseErrorBody(parseJson(body));
  const known = reason === null ? undefined : codeOfKnownReason(reason);
  if (isSuccess(answer) && known === undefined) return null;

  const page = describeWebPage({ contentType, body });
  const refusal = known ?? codeOfUnknownReason(status);
  const code = page !== null && mayBeOfSomethingElse(status) ? 'web_page_answer' : refusal;
  const retryAfterMs = readRetryAfter(answer.retryAfter, nowMs);
  const wait =
    retryAfterMs === null || retryAfterMs === 0 ? null : `wait ${Math.ceil(retryAfterMs / 1000)} s`;
  const detail = [`HTTP ${status}${redirectTarget(answer, redact)}`, page, reason, message, wait]
    .filter((part) => part !== null && part !== '')
    .join(', ');
  const effect: Effect = refusals.has(refusal) ? 'none' : 'possible';
  return new ProviderError(failureOf(code, { detail, status, host }), effect, retryAfterMs);
}

/** What a page says with these is said of the key, of the rate or by a server that fails, whoever wrote the page. */
function mayBeOfSomethingElse(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 402, 407, 408, 429].includes(status);
}

/** Where a redirect leads, less what may be private in it. */
function redirectTarget({ status, location = '' }: Answer, redact: Redact): string {
  const isRedirect = status >= 300 && status < 400 && URL.canParse(location);
  return isRedirect ? ` to ${cleanText(redact(new URL(location).origin))}` : '';
}

/** What was asked, for the message of an error. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
}

/** A success whose body is not what was asked for. */
export function unreadableAnswer(
  { status, contentType, body }: Answer,
  { method, url }: Asked,
  redact: Redact,
): ProviderError {
  const page = describeWebPage({ contentType, body: redact(body) });
  const detail = [`${method} ${url.pathname}`, `HTTP ${status}`, ...(page === null ? [] : [page])].join(', ');
  const code = page === null ? 'unreadable_answer' : 'web_page_answer';
  const effect: Effect = method === 'GET' ? 'none' : 'possible';
  return new ProviderError(failureOf(code, { detail, status, host: url.host }), effect);
}

function codeOfKnownReason(reason: string): ErrorCode | undefined {
  if (reason.startsWith('BUDGET_')) return 'balance_too_low';
  return Object.hasOwn(codeOfReason, reason) ? codeOfReason[reason] : undefined;
}

function codeOfUnknownReason(status: number): ErrorCode {
  const code = codeOfStatus[status];
  if (code) return code;
  if (status >= 500) return 'server_error';
  if (status >= 400) return 'request_rejected';
  return status >= 300 ? 'redirect_refused' : 'unreadable_answer';
}
