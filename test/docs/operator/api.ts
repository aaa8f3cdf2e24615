import { once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../../novita/selfSignedCertificate.js';
import type { Row } from '../../support/account.js';

/** What answers in the place of the API. */
export interface Api {
  readonly answer: RequestListener;
  readonly tls?: boolean;
}

/** An API with these instances and jobs. */
export function account(instances: readonly Row[], jobs: readonly Row[] = []): Api {
  return {
    answer: ({ url = '' }, response) => {
      const rows = url.includes('/jobs') ? { jobs } : { instances };
      json(response, 200, { ...rows, total: url.includes('/jobs') ? jobs.length : instances.length });
    },
  };
}

/** An API that answers everything alike. */
export function always(status: number, body: unknown): Api {
  return { answer: (_request, response) => json(response, status, body) };
}

/** A website. */
export function page(title: string): Api {
  return {
    answer: (_request, response) =>
      void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!DOCTYPE html>\n<html><head><title>${title}</title></head></html>`),
  };
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Serves it on loopback for as long as the work takes. */
export async function whileServing<Result>(
  { answer, tls = false }: Api,
  work: (origin: string) => Promise<Result>,
): Promise<Result> {
  const server = tls ? createTlsServer(selfSignedCertificate(), answer) : createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    return await work(`${tls ? 'https' : 'http'}://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
