import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../src/sandbox/random.js';
import { createRoutes } from '../../src/sandbox/routes.js';
import type { ScenarioName } from '../../src/sandbox/scenarioNames.js';
import { buildScenario } from '../../src/sandbox/scenarios.js';
import { createWorld, type SandboxWorld } from '../../src/sandbox/world.js';

export interface AccountsServerOptions {
  /** The scenario of each account, by its key. Every other key is refused. */
  readonly scenarios: Readonly<Record<string, ScenarioName>>;
  /** How long a request waits before it is looked at, in ms. */
  readonly delayMs?: (request: SeenByAccount) => number;
}

export interface SeenByAccount {
  readonly key: string;
  readonly method: string;
  readonly path: string;
}

export interface AccountsServer {
  readonly baseUrl: string;
  /** Every request whose body arrived, in order. */
  readonly seen: readonly SeenByAccount[];
  /** How many accounts had a request open at the same time, at most. */
  readonly mostAtOnce: () => number;
  /** Connections that stand. */
  readonly connections: () => number;
  readonly world: (key: string) => SandboxWorld;
  readonly close: () => Promise<void>;
}

const apiPath = '/gpu-instance/openapi/v1';

/** Serves the accounts of several keys on one port of 127.0.0.1, each a world of its own. */
export async function startAccountsServer({
  scenarios,
  delayMs = () => 0,
}: AccountsServerOptions): Promise<AccountsServer> {
  const accounts = new Map(
    Object.entries(scenarios).map(([apiKey, scenario], seed) => {
      const random = seededRandom(seed + 1);
      const now = (): number => Date.now();
      const built = buildScenario(scenario, random, Math.floor(now() / 1000));
      const world = createWorld({ ...built, random, now, migrationSeconds: 60 });
      return [apiKey, { world, route: createRoutes({ world, apiKey, failingLists: built.failingLists }) }];
    }),
  );
  const strangers = createRoutes({
    world: createWorld({
      instances: [],
      jobs: [],
      random: seededRandom(0),
      now: Date.now,
      migrationSeconds: 1,
    }),
    apiKey: 'the key of nobody',
    failingLists: false,
  });
  const seen: SeenByAccount[] = [];
  const open: string[] = [];
  let mostAtOnce = 0;

  const server = createServer((request, response) => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const key = (headers.authorization ?? '').replace('Bearer ', '');
    void (async () => {
      const body = await text(request);
      const about = { key, method, path: url.pathname.replace(apiPath, '') };
      seen.push(about);
      open.push(key);
      mostAtOnce = Math.max(mostAtOnce, new Set(open).size);
      await sleep(delayMs(about), undefined, { ref: false });
      const reply = (accounts.get(key)?.route ?? strangers)({
        method,
        path: url.pathname,
        query: url.searchParams,
        authorization: headers.authorization,
        body: body === '' ? undefined : (JSON.parse(body) as unknown),
      });
      open.splice(open.indexOf(key), 1);
      response.writeHead(reply.status, { 'content-type': reply.contentType }).end(reply.body);
    })().catch(() => response.destroy());
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    mostAtOnce: () => mostAtOnce,
    connections: () => sockets.size,
    world: (key) => {
      const account = accounts.get(key);
      if (!account) throw new Error('There is no account of this key.');
      return account.world;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
