import * as v from 'valibot';
import type { Instance } from '../core/instance.js';
import type { Job } from '../core/job.js';
import { cleanText, isUnsafeText } from './cleanText.js';

/*
 * Allow-lists: a field that is not named here never enters the program. Rows of the API also hold passwords,
 * environment variables, connection strings and commands.
 */

/** The documentation has numbers as strings in some places and as numbers in others. */
const text = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => cleanText(String(value))),
);
const textOrNull = v.fallback(v.nullish(text, null), null);

/** An id goes back to the API as it came, so one that is not safe to show makes its row unreadable. */
const identifier = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform(String),
  v.nonEmpty(),
  v.check((id) => !isUnsafeText(id)),
);

/** Unix seconds; the fields are undocumented, so milliseconds are understood as well. "0" means never. */
const unixSecondsOrNull = v.pipe(
  textOrNull,
  v.transform((value) => {
    const number = value !== null && /^\d{1,14}$/.test(value) ? Number(value) : 0;
    const seconds = number >= 1e11 ? Math.floor(number / 1000) : number;
    return seconds === 0 ? null : seconds;
  }),
);

const unknownMount = { type: null, mountPath: 'unknown' };
const volumeMount = v.fallback(
  v.object({ type: textOrNull, mountPath: v.fallback(text, unknownMount.mountPath) }),
  unknownMount,
);

/** Whatever is not known to be a network volume may be lost in a migration, so it counts as local. */
const localVolumes = v.pipe(
  v.fallback(v.nullish(v.array(volumeMount), []), [unknownMount]),
  v.transform((mounts) =>
    mounts.filter(({ type }) => type !== 'network').map(({ mountPath }) => ({ mountPath })),
  ),
);

const gpuCount = v.pipe(
  textOrNull,
  v.transform((value) => (value !== null && /^\d{1,4}$/.test(value) ? Number(value) : null)),
);

const instanceRow = v.pipe(
  v.object({
    id: identifier,
    name: v.fallback(v.nullish(text, ''), ''),
    status: text,
    spotStatus: textOrNull,
    // No fallback: what this field says decides, so a row in which it is no text at all is unreadable.
    spotReclaimTime: v.nullish(text, null),
    lastStartedAt: unixSecondsOrNull,
    clusterId: textOrNull,
    clusterName: textOrNull,
    productId: textOrNull,
    productName: textOrNull,
    billingMode: textOrNull,
    gpuNum: gpuCount,
    volumeMounts: localVolumes,
  }),
  v.transform(({ gpuNum, volumeMounts, ...row }): Instance => ({
    ...row,
    gpuCount: gpuNum,
    localVolumes: volumeMounts,
  })),
);

const jobState = v.fallback(
  v.union([
    v.object({ state: textOrNull, errorMessage: textOrNull, error: textOrNull }),
    v.pipe(
      text,
      v.transform((state) => ({ state, errorMessage: null, error: null })),
    ),
  ]),
  { state: null, errorMessage: null, error: null },
);

/** The documentation spells it `Id`, with a capital letter. */
const jobRow = v.pipe(
  v.object({
    Id: textOrNull,
    id: textOrNull,
    instanceId: identifier,
    type: textOrNull,
    state: jobState,
    createdAt: unixSecondsOrNull,
  }),
  v.transform(({ Id, id, instanceId, type, state, createdAt }): Job => ({
    id: Id ?? id ?? '',
    instanceId,
    type,
    state: state.state,
    createdAt,
    errorMessage: state.errorMessage ?? state.error,
  })),
);

/** Null when the API does not say or says something that is no count. */
const total = v.pipe(
  textOrNull,
  v.transform((value) => (value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null)),
);

const rows = v.nullish(v.array(v.unknown()), null);
const instancesPage = v.object({ instances: rows, total });
const jobsPage = v.object({ jobs: rows, total });

export interface RawPage {
  readonly rows: readonly unknown[];
  readonly total: number | null;
}

/** Reads a page of the instance list; null when the value is no such page. */
export function parseInstancesPage(value: unknown): RawPage | null {
  const parsed = v.safeParse(instancesPage, value);
  return parsed.success ? pageOf(parsed.output.instances, parsed.output.total) : null;
}

/** Reads a page of the job list; null when the value is no such page. */
export function parseJobsPage(value: unknown): RawPage | null {
  const parsed = v.safeParse(jobsPage, value);
  return parsed.success ? pageOf(parsed.output.jobs, parsed.output.total) : null;
}

/** An empty list may come without its array; then the total must say that it is empty. */
function pageOf(rows: readonly unknown[] | null, total: number | null): RawPage | null {
  if (rows) return { rows, total };
  return total === 0 ? { rows: [], total } : null;
}

/** Reads one instance; null when it lacks what a decision needs. */
export function parseInstance(value: unknown): Instance | null {
  const parsed = v.safeParse(instanceRow, value);
  return parsed.success ? parsed.output : null;
}

/** Reads one job; null when it cannot be told whose job it is. */
export function parseJob(value: unknown): Job | null {
  const parsed = v.safeParse(jobRow, value);
  return parsed.success ? parsed.output : null;
}

/** A list passes for an object without fields, and an error that comes as a success has a reason. */
const acceptedMigration = v.pipe(
  v.custom<object>((value) => !Array.isArray(value)),
  v.object({ jobId: textOrNull, reason: textOrNull }),
  v.check(({ reason }) => reason === null || reason === ''),
  v.transform(({ jobId }) => ({ jobId })),
);

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

/** Parses JSON; undefined, which JSON cannot express, when the text is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
