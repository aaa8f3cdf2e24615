import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, Reply } from './account.js';

/** One request on its way through the proxy. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly socket: Socket;
  /** Reads the request and has the account carry it out, at once or some time after. */
  readonly forward: (delayMs?: number) => Promise<Reply>;
}

/** What happens to a request in place of being forwarded and answered. */
export type Fault = (exchange: Exchange) => void | Promise<void>;

export interface FaultPlan {
  readonly method: 'GET' | 'POST';
  /** Below the path of the API, such as `/jobs`. */
  readonly path: string;
  /** Only the first, second ... of these requests; every one of them when absent. */
  readonly nth?: number;
  readonly fault: Fault;
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface FaultyProxy {
  readonly baseUrl: string;
  readonly port: number;
  /** Every request whose head arrived, in order. */
  readonly seen: readonly SeenRequest[];
  /** How many migrate requests arrived. */
  readonly posts: () => number;
  /** How many connections were made. */
  readonly connections: () => number;
  /** Lets the next connection be made, reads nothing from it and resets it. */
  readonly resetNextConnection: () => void;
  /** Refuses new connections; those that stand are kept. */
  readonly stopListening: () => void;
  /** Takes connections again, on the same port. */
  readonly listenAgain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const apiPath = '/gpu-instance/openapi/v1';

/** Answers for an account on a free port of 127.0.0.1, and spoils the requests that a plan names. */
export async function startFaultyProxy(
  account: Account,
  plans: readonly FaultPlan[] = [],
): Promise<FaultyProxy> {
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();

  /** For the newest of the requests seen. */
  const planFor = (method: string, path: string): FaultPlan | undefined => {
    const count = seen.filter((request) => request.method === method && request.path === path).length;
    return plans.find(
      (plan) =>
        plan.method === method && plan.path === path && (plan.nth === undefined || plan.nth === count),
    );
  };

  const http = createHttpServer((request, response) => {
    const { method = '', headers, socket } = request;
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const path = url.pathname.replace(apiPath, '');
    seen.push({ method, path, authorization: headers.authorization });
    const forward = async (delayMs = 0): Promise<Reply> => {
      const body = await text(request);
      if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
      return account.answer(method, url, body);
    };
    const fault = planFor(method, path)?.fault ?? passOn;
    // A client that goes away while its request is handled is what many of these faults are about.
    void (async () => {
      await fault({ request, response, socket, forward });
    })().catch(() => socket.destroy());
  });
  let connections = 0;
  let toReset: number | null = null;
  const accept = (socket: Socket): void => {
    connections += 1;
    sockets.add(socket.on('error', () => undefined));
    socket.once('close', () => sockets.delete(socket));
    // A reset at once would be a connection that was never made.
    if (connections === toReset) setTimeout(() => socket.resetAndDestroy(), 100);
    else http.emit('connection', socket);
  };

  // The listener is not the HTTP server's own: closing that one would also close its idle connections.
  let listener: Server = await listen(accept, 0);
  const { port } = listener.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    port,
    seen,
    posts: () => seen.filter(({ method }) => method === 'POST').length,
    connections: () => connections,
    resetNextConnection: () => void (toReset = connections + 1),
    stopListening: () => void listener.close(),
    listenAgain: async () => void (listener = await listen(accept, port)),
    close: async () => {
      const closed = listener.listening ? once(listener, 'close') : Promise.resolve();
      listener.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function listen(accept: (socket: Socket) => void, port: number): Promise<Server> {
  const listener = createTcpServer(accept);
  listener.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  return listener;
}

/** No fault at all. */
export const passOn: Fault = async ({ response, forward }) => {
  const { status, body } = await forward();
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};
