import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from './random.js';
import { errorReply, type Reply } from './reply.js';
import { createRoutes, type RoutedRequest } from './routes.js';
import type { ScenarioName } from './scenarioNames.js';
import { buildScenario } from './scenarios.js';
import { createWorld, refusal, type SandboxWorld } from './world.js';

const maxBodyBytes = 64 * 1024;
const defaultMigrationSeconds = 2;

export interface SandboxOptions {
  readonly scenario: ScenarioName;
  /** 0, the default, takes any free port. Only 127.0.0.1 is listened on. */
  readonly port?: number;
  readonly seed?: number;
  /** Unix ms; the only clock that the sandbox uses. */
  readonly now: () => number;
  readonly apiKey?: string;
  /** How long a migration takes, in seconds. */
  readonly migrationSeconds?: number;
  /** Added to each answer, in ms. */
  readonly latencyMs?: number;
  /** Told of each request once it is answered. */
  readonly onRequest?: (request: SandboxRequest) => void;
}

export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
  /** The instance that the request is about; null when it is about none. */
  readonly instanceId: string | null;
}

export interface Sandbox {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly world: SandboxWorld;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Serves an emulated Novita API over HTTP on loopback. The same scenario, seed and time always give the same
 * account.
 *
 * @throws the error of node:net when it cannot listen, such as EADDRINUSE
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { scenario, now, apiKey = 'sandbox-key', latencyMs = 0, onRequest } = options;
  const random = seededRandom(options.seed ?? 1);
  const { instances, jobs, failingLists } = buildScenario(scenario, random, Math.floor(now() / 1000));
  const migrationSeconds = options.migrationSeconds ?? defaultMigrationSeconds;
  const world = createWorld({ instances, jobs, random, now, migrationSeconds });
  const route = createRoutes({ world, apiKey, failingLists });

  const server = createServer((request, response) => {
    void (async () => {
      const routed = await readRequest(request);
      const reply = routed === null ? tooLarge : route(routed);
      const delayMs = latencyMs + (reply.delayMs ?? 0);
      if (delayMs > 0) await sleep(delayMs);
      send(reply, response, now());
      if (routed !== null) onRequest?.(describeRequest(routed, reply));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    apiKey,
    world,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const tooLarge = errorReply(refusal(413, 'REQUEST_TOO_LARGE', 'the request is too large'));

/** Null when the body is too large. */
async function readRequest(request: IncomingMessage): Promise<RoutedRequest | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = chunk as Buffer;
    bytes += buffer.length;
    if (bytes <= maxBodyBytes) chunks.push(buffer);
  }
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  return bytes > maxBodyBytes
    ? null
    : {
        method: request.method ?? 'GET',
        path: pathname,
        query: searchParams,
        authorization: request.headers.authorization,
        body: parseBody(Buffer.concat(chunks).toString('utf8')),
      };
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function send(
  { status, body, contentType, retryAfterSeconds, breakOff }: Reply,
  response: ServerResponse,
  nowMs: number,
): void {
  if (breakOff === 'before_answer') {
    response.destroy();
    return;
  }
  response.setHeader('date', new Date(nowMs).toUTCString());
  if (retryAfterSeconds !== undefined) response.setHeader('retry-after', retryAfterSeconds);
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
  });
  if (breakOff === 'within_answer') response.write(body.slice(0, -1), () => response.destroy());
  else response.end(body);
}

function describeRequest({ method, path, query, body }: RoutedRequest, { status }: Reply): SandboxRequest {
  const inBody = typeof body === 'object' && body !== null && 'instanceId' in body ? body.instanceId : null;
  const inPath = /\/instances\/([^/]+)\//.exec(path)?.[1];
  const id = query.get('instanceId') ?? inBody ?? inPath;
  return {
    method,
    path,
    query: Object.fromEntries(query),
    status,
    instanceId: typeof id === 'string' ? id : null,
  };
}
