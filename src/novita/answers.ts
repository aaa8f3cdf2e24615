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

const plainObject = v.custom<object>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);
const envelope = v.pipe(plainObject, v.object({ data: v.nullish(plainObject, null) }));
const wordsOfVersion2 = v.object({
  jobId: textOrNull,
  job_id: textOrNull,
  save_data: v.optional(v.unknown()),
  saveData: v.optional(v.unknown()),
});

/**
 * Reads the answer of version 2 to a migrate request that asked to keep the data. It is as undocumented; other answers
 * of that version put what they say under `data`, in snake case.
 *
 * @returns null when nobody knows whether it was accepted; `dataKept` is null when the answer leaves that open
 */
export function parseAcceptedKeepingMigration(
  body: string,
): { readonly jobId: string | null; readonly dataKept: boolean | null } | null {
  if (body.trim() === '') return { jobId: null, dataKept: true };
  const outer = parseJson(body);
  const enveloped = v.safeParse(envelope, outer);
  if (!enveloped.success) return null;
  // Neither may hide what the other says of an error, or of the data.
  const levels = [outer as object, enveloped.output.data ?? {}];
  const words = levels.map((level) => v.parse(wordsOfVersion2, level));
  const jobId = words.flatMap((said) => [said.jobId, said.job_id]).find((id) => !isEmpty(id)) ?? null;
  if (!levels.every((level) => v.is(acceptedMigration, { ...level, jobId }))) return null;
  const kept = words.flatMap((said) => [isKept(said.save_data), isKept(said.saveData)]);
  return { jobId, dataKept: kept.includes(false) ? false : kept.includes(null) ? null : true };
}

/**
 * What an answer says of the data that it was asked to keep: the opposite is believed, and what cannot be understood
 * leaves it open.
 */
function isKept(said: unknown): boolean | null {
  if (said === undefined || said === null || said === true || said === 'true') return true;
  return said === false || said === 'false' || said === 0 ? false : null;
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
