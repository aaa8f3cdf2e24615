import { createServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { testTransport } from './fixtures.js';
import { closing, type Listen, type Listening, requestTo, useLoopback } from './loopback.js';
import { selfSignedCertificate } from './selfSignedCertificate.js';
import { trustAnyCertificate } from './trustAnyCertificate.js';

interface Arrival {
  readonly method: string | undefined;
  /** Which of the connections it came on, from 0. */
  readonly connection: number;
}

async function arrivingAt(
  listen: Listen,
  protocol: 'http' | 'https' = 'http',
): Promise<Listening & { readonly arrivals: readonly Arrival[] }> {
  const arrivals: Arrival[] = [];
  const answer: RequestListener = (request, response) => {
    // Over TLS, a request knows another socket than the one of the connection, of the same port.
    const connection = listening.ports.indexOf(request.socket.remotePort ?? 0);
    arrivals.push({ method: request.method, connection });
    request.resume().on('end', () => response.end('{}'));
  };
  const server =
    protocol === 'http' ? createServer(answer) : createHttpsServer(selfSignedCertificate(), answer);
  const ports: number[] = [];
  server.on('connection', ({ remotePort = 0 }: Socket) => ports.push(remotePort));
  const listening = { ...(await listen(server, protocol)), ports };
  return { ...listening, arrivals };
}

describe('novita: connections', () => {
  const listen = useLoopback();

  it('are shared by reads, and made anew for each POST', async () => {
    const { url, arrivals } = await arrivingAt(listen);
    const transport = await testTransport();
    for (const method of ['GET', 'GET', 'POST', 'GET', 'POST'] as const) {
      await transport.send(requestTo(url, method));
    }
    expect(arrivals).to.deep.equal([
      { method: 'GET', connection: 0 },
      { method: 'GET', connection: 0 },
      { method: 'POST', connection: 1 },
      { method: 'GET', connection: 0 },
      { method: 'POST', connection: 2 },
    ]);
    transport.close();
  });

  it('of a POST are closed after the answer', async () => {
    const { url, sockets } = await arrivingAt(listen);
    const transport = await testTransport();
    await transport.send(requestTo(url, 'POST'));
    await closing(sockets[0]);
  });

  it('of reads stay open until the transport is closed', async () => {
    const { url, sockets } = await arrivingAt(listen);
    const transport = await testTransport();
    await transport.send(requestTo(url, 'GET'));
    expect(sockets[0]?.closed).to.equal(false);
    transport.close();
    await closing(sockets[0]);
  });

  it('of reads are as many as there are reads at once', async () => {
    const { url, sockets } = await arrivingAt(listen);
    const transport = await testTransport();
    await Promise.all([1, 2, 3].map(() => transport.send(requestTo(url, 'GET'))));
    await Promise.all([1, 2, 3].map(() => transport.send(requestTo(url, 'GET'))));
    expect(sockets).to.have.length(3);
    transport.close();
  });

  for (const protocol of ['http', 'https'] as const) {
    describe(`over ${protocol}`, () => {
      trustAnyCertificate();

      it('are one for each of many POSTs, at once and one after another', async () => {
        const { url, arrivals } = await arrivingAt(listen, protocol);
        const transport = await testTransport();
        await transport.send(requestTo(url, 'GET'));
        await Promise.all(Array.from({ length: 8 }, () => transport.send(requestTo(url, 'POST'))));
        for (let count = 0; count < 3; count += 1) await transport.send(requestTo(url, 'POST'));
        transport.close();
        const posts = arrivals.filter(({ method }) => method === 'POST').map(({ connection }) => connection);
        expect(posts.sort((a, b) => a - b)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      });
    });
  }
});
