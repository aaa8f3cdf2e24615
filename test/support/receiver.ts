import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface Receiver {
  readonly url: string;
  /** Every request, in the order in which they arrived whole. */
  readonly received: readonly ReceivedRequest[];
  readonly close: () => Promise<void>;
}

/** Answers one request. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** An answer of this status. */
export function answer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => void response.writeHead(status, headers).end('anything');
}

/** Never answers. */
export const noAnswer: Answer = () => undefined;

/** Breaks the connection with a TCP reset. */
export const resetConnection: Answer = (_response, { socket }) => void socket.resetAndDestroy();

/**
 * Stands for whoever is told how runs went: keeps what it is sent.
 *
 * @param answers - for the first, second ... request; the last one also for all that follow. 200 when there are none
 */
export async function startReceiver(answers: readonly Answer[] = []): Promise<Receiver> {
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const { method = '', url: path = '', headers } = request;
      const next = answers[Math.min(received.length, answers.length - 1)] ?? answer(200);
      received.push({ method, path, headers, body });
      next(response, request);
    })().catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
