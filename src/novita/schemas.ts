import * as v from 'valibot';
import type { Instance } from '../core/instance.js';
import type { Job } from '../core/job.js';
import { identifier, leniently, readCount, readText, text, textOrNull, unixSecondsOrNull } from './fields.js';
import type { ShareText } from './sharedTexts.js';

/*
 * Allow-lists: a field that is not named here never enters the program. Rows of the API also hold passwords,
 * environment variables, connection strings and commands.
 */

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

const textOrEmpty = leniently((value) => readText(value) ?? '');
const gpuCount = leniently((value) => readCount(value, 4));

const instanceRow = v.object({
  id: identifier,
  name: textOrEmpty,
  status: text,
  spotStatus: textOrNull,
  // No leniency: what this field says decides, so a row in which it is no text at all is unreadable.
  spotReclaimTime: v.nullish(text, null),
  lastStartedAt: unixSecondsOrNull,
  lastStoppedAt: unixSecondsOrNull,
  clusterId: textOrNull,
  clusterName: textOrNull,
  productId: textOrNull,
  productName: textOrNull,
  billingMode: textOrNull,
  gpuNum: gpuCount,
  volumeMounts: localVolumes,
});

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
const total = leniently((value) => readCount(value, 9));

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

/**
 * Reads one instance; null when it lacks what a decision needs.
 *
 * @param share - what to keep of a text that many instances have in common
 */
export function parseInstance(value: unknown, share: ShareText = unchanged): Instance | null {
  const parsed = v.safeParse(instanceRow, value);
  if (!parsed.success) return null;
  const row = parsed.output;
  // Field by field: copying the rest of a row takes longer than all of its reading.
  return {
    id: row.id,
    name: row.name,
    status: share(row.status),
    spotStatus: share(row.spotStatus),
    spotReclaimTime: row.spotReclaimTime,
    lastStartedAt: row.lastStartedAt,
    lastStoppedAt: row.lastStoppedAt,
    clusterId: share(row.clusterId),
    clusterName: share(row.clusterName),
    productId: share(row.productId),
    productName: share(row.productName),
    billingMode: share(row.billingMode),
    gpuCount: row.gpuNum,
    localVolumes: row.volumeMounts.length === 0 ? noVolumes : row.volumeMounts,
  };
}

const unchanged: ShareText = (text) => text;
const noVolumes: Instance['localVolumes'] = [];

/** Reads one job; null when it cannot be told whose job it is. */
export function parseJob(value: unknown): Job | null {
  const parsed = v.safeParse(jobRow, value);
  return parsed.success ? parsed.output : null;
}
