import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { HttpRequest } from '../../src/novita/transport.js';

export interface Listening {
  readonly url: URL;
  /** Every connection that was made, in order. */
  readonly sockets: readonly Socket[];
}

export type Listen = (server: Server, protocol?: 'http' | 'https') => Promise<Listening>;

/** Serves on free ports of 127.0.0.1, until the end of each test of the describe block that calls it. */
export function useLoopback(): Listen {
  const open: (() => Promise<void>)[] = [];
  afterEach(() => Promise.all(open.splice(0).map((close) => close())));

  return async (server, protocol = 'http') => {
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => undefined)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    open.push(async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    });
    const { port } = server.address() as AddressInfo;
    return { url: new URL(`${protocol}://127.0.0.1:${port}/path`), sockets };
  };
}

/** The request that each method is used for: only a POST has a body. */
export function requestTo(
  url: URL,
  method: 'GET' | 'POST',
  signal = new AbortController().signal,
): HttpRequest {
  return { url, method, signal, ...(method === 'POST' ? { body: { instanceId: 'i-1' } } : {}) };
}

/** Waits for the end of a connection, however it ends. */
export async function closing(socket: Socket | undefined): Promise<void> {
  if (!socket) throw new Error('There was no such connection.');
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
}

/** A server that does something other than HTTP as soon as a request arrives on a connection. */
export function onRequest(act: (socket: Socket) => void): Server {
  return createServer((socket) => socket.once('data', () => act(socket)));
}

/** The start of an answer, up to its body. */
export function answerHead(headers: Readonly<Record<string, string | number>> = {}): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`;
}
