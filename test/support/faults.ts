import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { type Exchange, type Fault, passOn } from './faultyProxy.js';

/** Every answer below repeats the key that came with the request, to see whether any of it gets through. */
function echo({ request }: Exchange): string {
  return request.headers.authorization ?? '';
}

/** Has the request carried out, and then spoils its answer. */
export function afterApplying(fault: Fault): Fault {
  return async (exchange) => {
    await exchange.forward();
    await fault(exchange);
  };
}

/** Waits before the request is read, carried out and answered. */
export function late(ms: number): Fault {
  return async (exchange) => {
    await sleep(ms, undefined, { ref: false });
    await passOn(exchange);
  };
}

/** Reads the request at once, carries it out some time after, and never answers. */
export function appliedLate(ms: number): Fault {
  return async ({ forward }) => {
    await forward(ms);
  };
}

/** Breaks the connection with a TCP reset. */
export const reset: Fault = ({ socket }) => void socket.resetAndDestroy();

/** Never answers. */
export const blackHole: Fault = () => undefined;

/** Answers one byte at a time, so that the whole takes far longer than any request may. */
export const drip: Fault = async ({ response }) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 });
  while (!response.destroyed) {
    response.write(' ');
    await sleep(20);
  }
};

/** Promises more than it sends, and closes the connection in an orderly way. */
export const truncated: Fault = ({ socket }) =>
  void socket.end(
    'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n{"instances": [',
  );

/** Not HTTP at all. */
export const garbage: Fault = (exchange) =>
  void exchange.socket.end(`\x00\xffSSH-2.0-OpenSSH_9.6 ${echo(exchange)}\r\n\r\n`);

/** A page of something that stands between us and the API. */
export const html: Fault = (exchange) =>
  void exchange.response
    .writeHead(200, { 'content-type': 'text/html' })
    .end(`<html><title>Sign in</title><pre>${echo(exchange)}</pre></html>`);

/** A success that says nothing. */
export const nullBody: Fault = ({ response }) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('null');

/** An answer of this status, with one of the API's own reasons if there is one. */
export function status(code: number, reason?: string, headers: Readonly<Record<string, string>> = {}): Fault {
  return (exchange) => {
    const message = `you sent ${echo(exchange)}`;
    exchange.response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ code, message, ...(reason === undefined ? {} : { reason }) }));
  };
}

/** A gateway's own page for an error. */
export const badGateway: Fault = (exchange) =>
  void exchange.response
    .writeHead(502, { 'content-type': 'text/html' })
    .end(`<h1>502 Bad Gateway</h1>${echo(exchange)}`);

/** 429 with a Retry-After in seconds. */
export function tooMany(retryAfterSeconds: number): Fault {
  return status(429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': String(retryAfterSeconds) });
}

/** Sends the client, and its key, to another server. */
export function redirect(code: number, location: () => string): Fault {
  return ({ response }) => void response.writeHead(code, { location: location() }).end();
}

const mebibyte = 1024 * 1024;

/** 32 MiB in 32 kB. */
export const gzipBomb: Fault = ({ response }) =>
  void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
const bomb = gzipSync(Buffer.alloc(32 * mebibyte, ' '));

/** One MiB more than is read of any answer. */
export const nineMebibytes: Fault = ({ response }) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(9 * mebibyte, ' '));
