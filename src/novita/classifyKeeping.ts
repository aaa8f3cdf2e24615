import type { ErrorCode } from '../core/errorCatalogue.js';
import { failureOf } from '../core/failure.js';
import { ProviderError } from '../core/providerError.js';
import { parseErrorBody, parseJson } from './answers.js';
import { type Answer, errorOfAnswer, type Redact } from './classify.js';

/**
 * Turns an answer to a request for a migration that keeps data into our own error. Tells apart that the platform
 * refuses to keep the data, that the API does not know the request, and every other refusal, which has the same
 * meaning as without data. How the first is worded is not documented (only that it "may reject this option as
 * unsupported"), so words decide; what does not speak of the option at all is not taken for it.
 *
 * Both new errors allow another request, so they are given only for a status with which nothing was done.
 *
 * @param nowMs - unix ms
 * @param host - who was asked
 * @returns null when the answer is a success
 */
export function errorOfKeepingAnswer(
  answer: Answer,
  nowMs: number,
  redact: Redact,
  host: string,
): ProviderError | null {
  const error = errorOfAnswer(answer, nowMs, redact, host);
  if (error === null) return null;
  const { failure, effect, retryAfterMs } = error;
  const code = effect === 'none' ? codeOfRefusal(answer, failure.code) : failure.code;
  if (code === failure.code) return error;
  const details = { detail: failure.cause ?? '', status: answer.status, host };
  return new ProviderError(failureOf(code, details), 'none', retryAfterMs);
}

/** The word with which the documentation has the option refused; anything else has to name what it refuses. */
const unsupported = /un-?support|not?[ _-]?support/i;
/** With other statuses, what is not supported is the method, the type of the body or the like. */
const ofTheContent: ReadonlySet<number> = new Set([400, 422]);
/** Speaks of keeping data, or of the field that asks for it. */
const aboutData =
  /sav(e|ing)[ _-]?data|(keep|kept|preserv|retain|sav)\w*\b.{0,40}\bdata|data\b.{0,40}\b(keep|kept|preserv|retain)/i;
const aboutInstance = /instance/i;
const notThere = /not[ _-]?(found|exist)|does(n't| not) exist|no such/i;
/** Our own path has the word for an instance in it, and may be repeated. */
const paths = /\S*\/\S*/g;

function codeOfRefusal({ status, body }: Answer, code: ErrorCode): ErrorCode {
  if (status < 400 || status >= 500) return code;
  const { reason, message } = parseErrorBody(parseJson(body));
  const text = `${reason ?? ''} ${message ?? ''}`;
  switch (code) {
    case 'instance_gone': {
      // A path that is not known is answered like this as well, and names no instance.
      const words = text.replaceAll(paths, '');
      const isGone = reason === 'RESOURCE_NOT_FOUND' || (aboutInstance.test(words) && notThere.test(words));
      return isGone ? code : 'save_data_unavailable';
    }
    // The lists come from the same place, so a page is that of a path which is not known there.
    case 'web_page_answer':
      return status === 404 || status === 405 ? 'save_data_unavailable' : code;
    case 'incompatible':
      return aboutData.test(text) ? 'data_not_kept' : code;
    case 'request_rejected':
      if (status === 405) return 'save_data_unavailable';
      return aboutData.test(text) || (ofTheContent.has(status) && unsupported.test(text))
        ? 'data_not_kept'
        : code;
    default:
      return code;
  }
}
