import { createMigrateReplies } from './migrateReply.js';
import { errorReply, jsonReply, type Reply } from './reply.js';
import { jobRow, listRow, productRow, singleRow } from './rows.js';
import { products, type SandboxInstance } from './sandboxInstance.js';
import type { SandboxJob } from './sandboxJob.js';
import { refusal, type SandboxWorld } from './world.js';

const basePath = '/gpu-instance/openapi/v1';
const version2Migration = /^\/gpus\/v2\/instances\/([^/]+)\/migrate$/;
const largestPage = 100;
const defaultPageSize = 10;

export interface RoutedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Undefined when it is no JSON. */
  readonly body: unknown;
}

export interface RoutesOptions {
  readonly world: SandboxWorld;
  readonly apiKey: string;
  /** The first request of each list fails. */
  readonly failingLists: boolean;
}

/** Answers requests as the API's documentation says. */
export function createRoutes({
  world,
  apiKey,
  failingLists,
}: RoutesOptions): (request: RoutedRequest) => Reply {
  const replies = createMigrateReplies(world);
  const failures = new Map<string, Reply>(failingLists ? firstFailures() : []);

  const routes: Readonly<Record<string, readonly ['GET' | 'POST', (request: RoutedRequest) => Reply]>> = {
    '/gpu/instances': [
      'GET',
      ({ query }) => page(query, 'instances', world.instances().filter(matches(query)), listRow),
    ],
    '/gpu/instance': ['GET', ({ query }) => single(world.find(query.get('instanceId') ?? ''))],
    '/gpu/instance/migrate': ['POST', ({ body }) => replies.migrate(body)],
    '/gpu/instance/start': ['POST', ({ body }) => replies.start(body)],
    '/jobs': ['GET', ({ query }) => page(query, 'jobs', world.jobs().filter(jobMatches(query)), jobRow)],
    '/products': ['GET', () => jsonReply({ data: products.map(productRow) })],
  };

  return (request) => {
    if (request.authorization !== `Bearer ${apiKey}`) {
      return errorReply(refusal(401, 'INVALID_API_KEY', 'the API key is not valid'));
    }
    const ofVersion2 = version2Migration.exec(request.path)?.[1];
    if (ofVersion2 !== undefined && request.method === 'PUT') {
      return replies.migrateOfVersion2(decodeURIComponent(ofVersion2), request.body);
    }
    const path = request.path.startsWith(basePath) ? request.path.slice(basePath.length) : '';
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route) return errorReply(refusal(404, 'NOT_FOUND', 'no such path'));
    const [method, answer] = route;
    if (request.method !== method) return errorReply(refusal(405, 'METHOD_NOT_ALLOWED', `use ${method}`));
    const failure = failures.get(path);
    failures.delete(path);
    return failure ?? answer(request);
  };
}

function firstFailures(): readonly (readonly [string, Reply])[] {
  const rateLimited = errorReply(refusal(429, 'RATE_LIMIT_EXCEEDED', 'too many requests'));
  return [
    ['/gpu/instances', { ...rateLimited, retryAfterSeconds: 1 }],
    ['/jobs', errorReply(refusal(500, 'UNKNOWN', 'internal error'))],
  ];
}

function single(instance: SandboxInstance | undefined): Reply {
  return instance
    ? jsonReply(singleRow(instance))
    : errorReply(refusal(400, 'RESOURCE_NOT_FOUND', 'instance not found'));
}

function page<Row>(
  query: URLSearchParams,
  name: string,
  rows: readonly Row[],
  render: (row: Row) => Record<string, unknown>,
): Reply {
  const size = Math.min(positiveNumber(query.get('pageSize'), defaultPageSize), largestPage);
  // Page 0 is accepted and means page 1.
  const start = (positiveNumber(query.get('pageNum'), 1) - 1) * size;
  return jsonReply({ [name]: rows.slice(start, start + size).map(render), total: rows.length });
}

function positiveNumber(text: string | null, otherwise: number): number {
  const number = /^\d{1,10}$/.test(text ?? '') ? Number(text) : 0;
  return number > 0 ? number : otherwise;
}

function matches(query: URLSearchParams): (instance: SandboxInstance) => boolean {
  const status = query.get('status') ?? '';
  const name = query.get('name') ?? '';
  const productName = query.get('productName') ?? '';
  return (instance) =>
    (status === '' || instance.status === status) &&
    instance.name.includes(name) &&
    instance.product.name.includes(productName);
}

function jobMatches(query: URLSearchParams): (job: SandboxJob) => boolean {
  const jobId = query.get('jobId') ?? '';
  const state = query.get('state') ?? '';
  const type = query.get('type') ?? '';
  const from = positiveNumber(query.get('startTime'), 0);
  const until = positiveNumber(query.get('endTime'), Infinity);
  return (job) =>
    (jobId === '' || job.id === jobId) &&
    (state === '' || job.state === state) &&
    (type === '' || job.type === type) &&
    job.createdAt >= from &&
    job.createdAt <= until;
}
