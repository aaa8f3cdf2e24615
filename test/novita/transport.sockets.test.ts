import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect } from 'chai';
import type { ErrorCode } from '../../src/core/errorCatalogue.js';
import { failureOf } from '../../src/core/failure.js';
import type { Effect } from '../../src/core/outcome.js';
import { providerErrorOf, testTransport } from './fixtures.js';
import { answerHead, closing, onRequest, requestTo, useLoopback } from './loopback.js';

const methods = ['GET', 'POST'] as const;
const half = `${answerHead({ 'content-length': 100 })}{"jobId"`;
const chunked = answerHead({ 'transfer-encoding': 'chunked' });
const ignore = (): undefined => undefined;

const lost: readonly [ErrorCode, Effect] = ['connection_lost', 'possible'];
const late: readonly [ErrorCode, Effect] = ['request_timeout', 'possible'];
const unreadable: readonly [ErrorCode, Effect] = ['unreadable_answer', 'possible'];

const broken: readonly (readonly [string, () => Server, readonly [ErrorCode, Effect]])[] = [
  ['resets the connection', () => onRequest((socket) => socket.resetAndDestroy()), lost],
  ['closes the connection', () => onRequest((socket) => socket.end()), lost],
  ['closes it within the headers', () => onRequest((socket) => socket.end('HTTP/1.1 200 OK\r\nx: ')), lost],
  ['closes it within the body', () => onRequest((socket) => socket.end(half)), lost],
  ['closes it within a chunk', () => onRequest((socket) => socket.end(`${chunked}9\r\n{"jobId"`)), lost],
  ['closes it before the last chunk', () => onRequest((socket) => socket.end(`${chunked}2\r\n{}\r\n`)), lost],
  ['says nothing', () => onRequest(ignore), late],
  ['stops within the headers', () => onRequest((socket) => socket.write('HTTP/1.1 200 OK\r\n')), late],
  ['stops within the body', () => onRequest((socket) => socket.write(half)), late],
  ['is not HTTP', () => onRequest((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')), unreadable],
  ['sends a chunk of no size', () => onRequest((socket) => socket.end(`${chunked}zz\r\n`)), unreadable],
  [
    'sends 100 kB of headers',
    () => onRequest((socket) => socket.end(answerHead({ x: 'x'.repeat(100_000) }))),
    unreadable,
  ],
];

/** The address of a port on which nobody listens any more. */
async function deserted(): Promise<URL> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return new URL(`http://127.0.0.1:${port}/`);
}

describe('novita: a real connection', () => {
  const listen = useLoopback();

  for (const [title, server, [code, effect]] of broken) {
    for (const method of methods) {
      it(`fails ${method} when the server ${title}: ${code}`, async () => {
        const { url } = await listen(server());
        const transport = await testTransport(120);
        const error = await providerErrorOf(transport.send(requestTo(url, method)));
        expect([error.failure.code, error.effect]).to.deep.equal([code, effect]);
        transport.close();
      });
    }
  }

  for (const method of methods) {
    it(`is certainly not made when it is refused: ${method}`, async () => {
      const transport = await testTransport();
      const url = await deserted();
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, method)));
      expect(failure).to.include({ code: 'network_unreachable', retryable: true });
      expect(failure.message).to.match(/: 127\.0\.0\.1:\d+: ECONNREFUSED, nothing listens there/);
      expect(effect).to.equal('none');
    });

    it(`is certainly not made when the name leads nowhere: ${method}`, async () => {
      const transport = await testTransport();
      // A name with an empty label is refused without asking anyone.
      const request = requestTo(new URL('http://a..b/'), method);
      const { failure, effect } = await providerErrorOf(transport.send(request));
      expect([failure.code, effect]).to.deep.equal(['network_unreachable', 'none']);
    });
  }

  it('may have had an effect when the run ends while it waits for the answer', async () => {
    const deadline = failureOf('deadline_reached');
    const controller = new AbortController();
    const { url } = await listen(onRequest(() => controller.abort(deadline)));
    const transport = await testTransport();
    const request = requestTo(url, 'POST', controller.signal);
    const { failure, effect } = await providerErrorOf(transport.send(request));
    expect(failure).to.equal(deadline);
    expect(effect).to.equal('possible');
  });

  it('is closed by the client when the answer takes too long', async () => {
    const { url, sockets } = await listen(onRequest(ignore));
    const transport = await testTransport(60);
    await providerErrorOf(transport.send(requestTo(url, 'POST')));
    await closing(sockets[0]);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    for (const method of methods) {
      it(`is made once, and not to where a redirect leads: ${method}, ${status}`, async () => {
        const target = await listen(createHttpServer((_request, response) => response.end()));
        const server = createHttpServer((_request, response) => {
          response.writeHead(status, { location: target.url.href }).end();
        });
        const { url, sockets } = await listen(server);
        const transport = await testTransport();
        expect(await transport.send(requestTo(url, method))).to.include({ status });
        expect([sockets.length, target.sockets.length]).to.deep.equal([1, 0]);
        transport.close();
      });
    }
  }
});
