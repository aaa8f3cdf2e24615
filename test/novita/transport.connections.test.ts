import { createServer } from 'node:http';
import { expect } from 'chai';
import { testTransport } from './fixtures.js';
import { closing, type Listen, type Listening, requestTo, useLoopback } from './loopback.js';

interface Arrival {
  readonly method: string | undefined;
  /** Which of the connections it came on, from 0. */
  readonly connection: number;
}

async function arrivingAt(listen: Listen): Promise<Listening & { readonly arrivals: readonly Arrival[] }> {
  const arrivals: Arrival[] = [];
  const listening = await listen(
    createServer((request, response) => {
      const connection = listening.sockets.indexOf(request.socket);
      arrivals.push({ method: request.method, connection });
      request.resume().on('end', () => response.end('{}'));
    }),
  );
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
});
