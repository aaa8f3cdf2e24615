import type { Answer } from '../../src/novita/classify.js';
import type { InstanceRecord, InstanceState, JobRecord } from './records.js';
import { valueAt } from './records.js';
import { providerSeconds, type World } from './world.js';

export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, retryAfter: undefined, body: JSON.stringify(value) };
}

/** An error in the API's own words. */
export function refusal(reason: string, status = 400): Answer {
  return jsonAnswer({ code: status, reason, message: `${reason} (simulated)`, metadata: {} }, status);
}

export const notFoundAnswers: readonly Answer[] = [
  refusal('RESOURCE_NOT_FOUND'),
  jsonAnswer({ message: 'not found' }, 404),
];

/** That the platform does not keep the data of an instance; its words are not known. */
export const dataRefusedAnswers: readonly Answer[] = [
  jsonAnswer({ code: 400, reason: 'VALIDATOR_PARAM', message: 'save_data is not supported' }, 400),
  jsonAnswer({ code: 400, reason: 'SAVE_DATA_UNSUPPORTED', message: 'no', metadata: {} }, 400),
  jsonAnswer({ error: { message: 'cannot save data of this instance' } }, 422),
];

export const noSuchRequestAnswers: readonly Answer[] = [
  { status: 404, retryAfter: undefined, body: '404 page not found' },
  jsonAnswer({ message: 'Method Not Allowed' }, 405),
];

export const gatewayPage: Answer = {
  status: 502,
  retryAfter: undefined,
  body: '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
};

export function instanceRow({ traits }: World, record: InstanceRecord, state: InstanceState): object {
  return {
    id: record.id,
    name: record.name,
    status: state.status,
    productId: record.productId,
    clusterId: record.clusterId,
    billingMode: 'spot',
    gpuNum: '1',
    spotStatus: state.spotStatus,
    spotReclaimTime: state.spotReclaimTime,
    ...(traits.tellsLastStart ? { lastStartedAt: String(state.lastStartedAt) } : {}),
    volumeMounts: record.hasLocalVolume ? [{ type: 'local', mountPath: '/workspace' }] : [],
    sshPassword: 'never to be kept',
  };
}

/** The single read, which does not have the spot fields for certain. */
export function singleInstance(
  { random }: World,
  record: InstanceRecord,
  { status, spotReclaimTime }: InstanceState,
): object {
  return { id: record.id, name: record.name, status, ...(random.chance(0.5) ? { spotReclaimTime } : {}) };
}

export function jobRow(
  world: World,
  { id, instanceId, type, createdAtMs, past }: JobRecord,
  atMs: number,
): object {
  const state = valueAt(past, atMs);
  return {
    Id: id,
    instanceId,
    type,
    state: { state, error: '', errorMessage: state === 'fail' ? 'no resource' : '' },
    createdAt: String(providerSeconds(world, createdAtMs)),
  };
}

/**
 * One page of rows.
 *
 * @param total - what the page says of the length of the list; undefined leaves it out
 */
export function pageOf(
  world: World,
  name: 'instances' | 'jobs',
  rows: readonly object[],
  url: URL,
  total: number | string | undefined,
): { readonly answer: Answer; readonly first: number; readonly count: number } {
  const { pageCap, repeatsRows } = world.traits;
  const size = Math.min(pageCap, Number(url.searchParams.get('pageSize')));
  const first = (Number(url.searchParams.get('pageNum')) - 1) * size;
  const shown = rows.slice(first, first + size);
  const repeated = repeatsRows && shown.length > 0 ? rows.slice(Math.max(0, first - 1), first) : [];
  const answer = jsonAnswer({ [name]: [...repeated, ...shown], ...(total === undefined ? {} : { total }) });
  return { answer, first, count: shown.length };
}
