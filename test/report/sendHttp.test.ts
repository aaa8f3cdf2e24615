import { expect } from 'chai';
import { deliverInTime } from '../../src/report/deliverInTime.js';
import { sendHttp, type SendResult } from '../../src/report/sendHttp.js';
import { fakeClock } from '../support/fakeClock.js';
import {
  type Answer,
  answer,
  noAnswer,
  type Receiver,
  resetConnection,
  startReceiver,
} from '../support/receiver.js';

const never = new AbortController().signal;

describe('sendHttp', () => {
  let receiver: Receiver | undefined;
  afterEach(() => receiver?.close());

  const rows: readonly (readonly [string, Answer, RegExp | null, boolean])[] = [
    ['200', answer(200), null, false],
    ['204', answer(204), null, false],
    ['400', answer(400), /^HTTP 400$/, false],
    ['404', answer(404), /^HTTP 404$/, false],
    ['429', answer(429), /^HTTP 429$/, true],
    ['500', answer(500), /^HTTP 500$/, true],
    ['a redirect', answer(302, { location: 'http://127.0.0.1:1/elsewhere' }), /^HTTP 302$/, false],
    ['silence', noAnswer, /^no answer in 200 ms$/, true],
    ['a reset', resetConnection, /^no connection \([A-Z_]+\)$/, true],
  ];
  for (const [title, reply, error, retryable] of rows) {
    it(`tells the result of ${title}`, async () => {
      receiver = await startReceiver([reply]);
      const request = { method: 'POST', url: `${receiver.url}/secret-path`, body: 'text' } as const;
      const result = await sendHttp({ ...request, timeoutMs: 200, signal: never });
      if (error === null) expect(result.error).to.equal(null);
      else expect(result.error).to.match(error);
      expect(result.retryable).to.equal(retryable);
      expect(receiver.received).to.have.length(1);
      expect(receiver.received[0]).to.include({ method: 'POST', path: '/secret-path', body: 'text' });
    });
  }

  it('passes on what Retry-After asks for', async () => {
    receiver = await startReceiver([answer(429, { 'retry-after': '3' })]);
    const result = await sendHttp({ method: 'POST', url: receiver.url, timeoutMs: 2_000, signal: never });
    expect(result.retryAfter).to.equal('3');
  });

  it('sends user name and password as a header, not in the URL', async () => {
    receiver = await startReceiver();
    const url = receiver.url.replace('//', '//ada:p%40ss@');
    await sendHttp({ method: 'POST', url, timeoutMs: 2_000, signal: never });
    const credentials = Buffer.from('ada:p@ss').toString('base64');
    expect(receiver.received[0]?.headers['authorization']).to.equal(`Basic ${credentials}`);
  });

  for (const url of ['http://127.0.0.1:1/secret', 'http://no-such-host.invalid/secret']) {
    it(`says that there was no connection, without the address: ${url}`, async () => {
      const result = await sendHttp({ method: 'POST', url, timeoutMs: 5_000, signal: never });
      expect(result.error).to.match(/^no connection \([A-Z_]+\)$/);
      expect(result.retryable).to.equal(true);
    });
  }

  it('gives up when it is told to', async () => {
    receiver = await startReceiver([noAnswer]);
    const signal = AbortSignal.timeout(50);
    const result = await sendHttp({ method: 'POST', url: receiver.url, timeoutMs: 5_000, signal });
    expect(result).to.deep.include({ error: 'given up', retryable: false });
  });
});

describe('deliverInTime', () => {
  const ok: SendResult = { error: null, retryable: false, retryAfter: undefined };
  const busy: SendResult = { error: 'HTTP 503', retryable: true, retryAfter: undefined };
  const refused: SendResult = { error: 'HTTP 404', retryable: false, retryAfter: undefined };
  const asks = (seconds: string): SendResult => ({ ...busy, retryAfter: seconds });

  const rows: readonly (readonly [string, readonly SendResult[], boolean, number, readonly number[]])[] = [
    ['at once', [ok], true, 1, []],
    ['after two failures', [busy, busy, ok], true, 3, [500, 1_000]],
    ['never, when refused', [refused], false, 1, []],
    ['never, when the time is up', [busy], false, 5, [500, 1_000, 2_000, 4_000]],
    ['when the receiver asks for it', [asks('3'), ok], true, 2, [3_000]],
    ['never, when the receiver asks for too long', [asks('30')], false, 1, []],
  ];
  for (const [title, results, delivered, attempts, waits] of rows) {
    it(`delivers ${title}`, async () => {
      const clock = fakeClock(0);
      const timeouts: number[] = [];
      let sent = 0;
      const outcome = await deliverInTime(
        { method: 'POST', url: 'http://127.0.0.1/' },
        {
          clock,
          limitMs: 10_000,
          signal: never,
          send: ({ timeoutMs }) => {
            timeouts.push(timeoutMs);
            return Promise.resolve(results[Math.min(sent++, results.length - 1)] ?? ok);
          },
        },
      );
      expect(outcome).to.deep.include({ delivered, attempts });
      expect(clock.waits).to.deep.equal(waits);
      expect(timeouts[0]).to.equal(10_000);
      expect(timeouts.every((timeout) => timeout > 0)).to.equal(true);
    });
  }

  it('ends while it waits', async () => {
    const controller = new AbortController();
    const clock = fakeClock(0, () => controller.abort());
    const send = () => Promise.resolve(busy);
    const options = { clock, limitMs: 10_000, signal: controller.signal, send };
    const outcome = await deliverInTime({ method: 'POST', url: 'http://127.0.0.1/' }, options);
    expect(outcome).to.deep.equal({ delivered: false, attempts: 1, error: 'HTTP 503' });
  });
});
