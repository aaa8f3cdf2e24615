import * as v from 'valibot';
import { text, textOrNull } from './fields.js';

/**
 * A list passes for an object without fields. Without a job, whatever speaks of an error or says anything at all
 * is no acceptance; then reading the instance tells.
 */
const acceptedMigration = v.pipe(
  v.custom<object>((value) => !Array.isArray(value)),
  v.object({
    jobId: textOrNull,
    reason: textOrNull,
    message: textOrNull,
    code: textOrNull,
    error: v.optional(v.unknown()),
    success: v.optional(v.unknown()),
  }),
  v.check(({ reason }) => isEmpty(reason)),
  v.check(
    ({ jobId, message, code, error, success }) =>
      !isEmpty(jobId) || (isEmpty(message) && isEmpty(code) && isEmpty(error) && success !== false),
  ),
  v.transform(({ jobId }) => ({ jobId })),
);

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === '0';
}

/**
 * Reads the answer to an accepted migrate request. The body is undocumented: it may be empty, an empty object,
 * or hold a job id.
 *
 * @returns null when the body is something else, so that nobody knows whether it was accepted
 */
export function parseAcceptedMigration(body: string): { readonly jobId: string | null } | null {
  if (body.trim() === '') return { jobId: null };
  const parsed = v.safeParse(acceptedMigration, parseJson(body));
  return parsed.success ? parsed.output : null;
}

const envelope = v.pipe(
  v.custom<object>((value) => !Array.isArray(value)),
  v.object({ data: v.fallback(v.nullish(v.record(v.string(), v.unknown()), null), null) }),
);
const wordsOfVersion2 = v.object({ job_id: textOrNull, save_data: v.optional(v.unknown()) });

/**
 * Reads the answer of version 2 to a migrate request that asked to keep the data. It is as undocumented; other answers
 * of that version put what they say under `data`, in snake case.
 *
 * @returns null when nobody knows whether it was accepted
 */
export function parseAcceptedKeepingMigration(
  body: string,
): { readonly jobId: string | null; readonly dataKept: boolean } | null {
  if (body.trim() === '') return { jobId: null, dataKept: true };
  const outer = parseJson(body);
  const enveloped = v.safeParse(envelope, outer);
  if (!enveloped.success) return null;
  const said = { ...(enveloped.output.data ?? {}), ...(outer as object) };
  const parsed = v.safeParse(acceptedMigration, said);
  const words = v.safeParse(wordsOfVersion2, said);
  if (!parsed.success || !words.success) return null;
  // An answer that says the opposite of what was asked for is believed.
  return { jobId: words.output.job_id ?? parsed.output.jobId, dataKept: words.output.save_data !== false };
}

/** What can be learnt from the body of an error. */
export interface ErrorBody {
  readonly reason: string | null;
  readonly message: string | null;
}

const errorBody = v.object({
  reason: textOrNull,
  message: textOrNull,
  error: v.fallback(
    v.nullish(v.union([text, v.object({ message: textOrNull, reason: textOrNull })]), null),
    null,
  ),
});

/** Reads `{code, reason, message}`, `{message}`, `{error}` and `{error: {message}}`; anything else says nothing. */
export function parseErrorBody(value: unknown): ErrorBody {
  const parsed = v.safeParse(errorBody, value);
  if (!parsed.success) return { reason: null, message: null };
  const { reason, message, error } = parsed.output;
  const nested = typeof error === 'string' || error === null ? { message: error, reason: null } : error;
  return { reason: reason ?? nested.reason, message: message ?? nested.message };
}

/** False for whatever parseErrorBody finds no reason in, without the work: a page of a list is long. */
export function mayBeError(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('reason' in value || 'error' in value);
}

/** Parses JSON; undefined, which JSON cannot express, when the text is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
