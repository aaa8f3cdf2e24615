import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Answer } from '../../src/novita/classify.js';
import { providerErrorOf, testTransport } from './fixtures.js';
import { answerHead, closing, type Listening, onRequest, requestTo, useLoopback } from './loopback.js';

const mebibyte = 1024 * 1024;

interface Sent {
  readonly answer: Promise<Answer>;
  readonly server: Listening;
}

function answering(body: Buffer, headers: Readonly<Record<string, string>> = {}): (socket: Socket) => void {
  return (socket) => {
    socket.write(answerHead({ ...headers, 'content-length': body.length }));
    socket.write(body);
  };
}

/** Sends for as long as somebody reads. */
function endless(socket: Socket): void {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const send = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', send).write(answerHead());
  send();
}

async function expectTooLarge({ answer }: Sent): Promise<void> {
  const { failure, effect } = await providerErrorOf(answer);
  expect(failure).to.include({ code: 'answer_too_large', category: 'protocol', retryable: false });
  expect(effect).to.equal('possible');
}

describe('novita: the body of an answer', () => {
  const listen = useLoopback();

  /** Sends a request to a server that answers it in its own way. */
  async function sendTo(act: (socket: Socket) => void): Promise<Sent> {
    const server = await listen(onRequest(act));
    const transport = await testTransport();
    return { answer: transport.send(requestTo(server.url, 'GET')), server };
  }

  const text = JSON.stringify({ name: 'Größe 😀'.repeat(1000) });

  for (const [title, body, headers] of [
    ['plain', Buffer.from(text), {}],
    ['in gzip', gzipSync(text), { 'content-encoding': 'gzip' }],
    ['in brotli', brotliCompressSync(text), { 'content-encoding': 'br' }],
  ] as const) {
    it(`is read ${title}`, async () => {
      const { answer } = await sendTo(answering(body, headers));
      expect(await answer).to.include({ status: 200, retryAfter: undefined, body: text });
    });
  }

  it('is put together before it is decoded, however it is cut', async () => {
    const { answer } = await sendTo((socket) => {
      socket.setNoDelay(true).write(answerHead({ 'content-length': 4 }));
      for (const byte of Buffer.from('😀')) setImmediate(() => socket.write(Buffer.from([byte])));
    });
    expect((await answer).body).to.equal('😀');
  });

  it('may be 8 MiB', async () => {
    const { answer } = await sendTo(answering(Buffer.alloc(8 * mebibyte, ' ')));
    expect((await answer).body).to.have.length(8 * mebibyte);
  });

  it('may not be a byte more', async () => {
    await expectTooLarge(await sendTo(answering(Buffer.alloc(8 * mebibyte + 1, ' '))));
  });

  it('may not grow beyond that when it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * mebibyte));
    expect(bomb.length).to.be.below(mebibyte);
    await expectTooLarge(await sendTo(answering(bomb, { 'content-encoding': 'gzip' })));
  });

  it('is not read to its end when it has none', async () => {
    const sent = await sendTo(endless);
    await expectTooLarge(sent);
    const [socket] = sent.server.sockets;
    await closing(socket);
    expect(socket?.bytesWritten).to.be.within(8 * mebibyte, 64 * mebibyte);
  });

  for (const [title, body] of [
    ['is no gzip', Buffer.from('{"jobId": "j-1"}')],
    ['is half of a gzip', gzipSync(text).subarray(0, 60)],
  ] as const) {
    it(`is unreadable when it says gzip and ${title}`, async () => {
      const { answer } = await sendTo(answering(body, { 'content-encoding': 'gzip' }));
      const { failure, effect } = await providerErrorOf(answer);
      expect([failure.code, effect]).to.deep.equal(['unreadable_answer', 'possible']);
    });
  }
});
