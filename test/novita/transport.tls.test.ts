import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer, type Server } from 'node:https';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { providerErrorOf, testTransport } from './fixtures.js';
import { onRequest, requestTo, useLoopback } from './loopback.js';
import { selfSignedCertificate } from './selfSignedCertificate.js';
import { trustAnyCertificate } from './trustAnyCertificate.js';

const certificate = selfSignedCertificate();

/** A server that tells how many requests have reached it. */
function countingServer(answer: RequestListener): {
  readonly server: Server;
  readonly arrived: () => number;
} {
  let arrived = 0;
  const server = createHttpsServer(certificate, (request, response) => {
    arrived += 1;
    answer(request, response);
  });
  return { server, arrived: () => arrived };
}

describe('novita: a TLS connection', () => {
  const listen = useLoopback();

  for (const method of ['GET', 'POST'] as const) {
    it(`is not used when nobody vouches for the server: ${method}`, async () => {
      const counting = countingServer((_request, response) => response.end('{}'));
      const { url } = await listen(counting.server, 'https');
      const transport = await testTransport();
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, method)));
      expect(failure).to.include({ code: 'tls_failed', category: 'network', retryable: false });
      expect(failure.message).to.match(/: DEPTH_ZERO_SELF_SIGNED_CERT, the certificate is signed by itself$/);
      expect([effect, counting.arrived()]).to.deep.equal(['none', 0]);
    });

    it(`is not made with a server that does not speak TLS: ${method}`, async () => {
      const { url } = await listen(
        onRequest((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
        'https',
      );
      const transport = await testTransport();
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, method)));
      expect([failure.code, effect]).to.deep.equal(['tls_failed', 'none']);
    });

    it(`is not made with a server that says nothing: ${method}`, async () => {
      const { url } = await listen(createServer(), 'https');
      const transport = await testTransport(60);
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, method)));
      expect([failure.code, effect]).to.deep.equal(['request_timeout', 'none']);
    });

    it(`is not made when the server resets it during the handshake: ${method}`, async () => {
      const { url } = await listen(
        onRequest((socket) => socket.resetAndDestroy()),
        'https',
      );
      const transport = await testTransport();
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, method)));
      expect([failure.code, effect]).to.deep.equal(['network_unreachable', 'none']);
    });
  }

  describe('that was made', () => {
    trustAnyCertificate();

    it('carries a request and its answer', async () => {
      const { url } = await listen(
        createHttpsServer(certificate, (_request, response) => response.end('{}')),
        'https',
      );
      const transport = await testTransport();
      expect(await transport.send(requestTo(url, 'POST'))).to.include({ status: 200, body: '{}' });
    });

    it('may have had an effect when it is lost afterwards', async () => {
      const counting = countingServer((request) => request.socket.destroy());
      const { url } = await listen(counting.server, 'https');
      const transport = await testTransport();
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, 'POST')));
      expect([failure.code, effect, counting.arrived()]).to.deep.equal(['connection_lost', 'possible', 1]);
    });

    it('may have had an effect when no answer comes', async () => {
      const { url } = await listen(
        createHttpsServer(certificate, () => undefined),
        'https',
      );
      const transport = await testTransport(250);
      const { failure, effect } = await providerErrorOf(transport.send(requestTo(url, 'POST')));
      expect([failure.code, effect]).to.deep.equal(['request_timeout', 'possible']);
    });
  });
});
