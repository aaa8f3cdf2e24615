import { expect } from 'chai';
import { createPinger } from '../../src/composition/pinger.js';
import { failureOf } from '../../src/core/failure.js';
import { buildReport } from '../../src/core/report.js';
import type { OutgoingRequest, SendResult } from '../../src/report/sendHttp.js';
import { aReportInput } from '../support/builders.js';

const ok: SendResult = { error: null, retryable: false, retryAfter: undefined };
const report = buildReport(
  aReportInput({ account: 'team-a', failure: failureOf('auth_refused'), exitReason: 'auth' }),
);

/** A pinger whose requests are kept, and answered when the test says so. */
function pingerTo(url: string) {
  const requests: OutgoingRequest[] = [];
  const answers: (() => void)[] = [];
  const pinger = createPinger(url, {
    runId: 'run-1',
    scrub: (text) => text,
    giveUp: new AbortController().signal,
    send: (request) => {
      requests.push(request);
      return new Promise((resolve) => answers.push(() => resolve(ok)));
    },
  });
  return { pinger, requests, answers };
}

describe('createPinger', () => {
  const addresses: readonly (readonly [string, string])[] = [
    ['https://hc.example/uuid', 'https://hc.example/uuid/start?rid=run-1'],
    ['https://hc.example/uuid/', 'https://hc.example/uuid/start?rid=run-1'],
    ['https://hc.example/key/slug?create=1', 'https://hc.example/key/slug/start?create=1&rid=run-1'],
    ['https://hc.example', 'https://hc.example/start?rid=run-1'],
  ];
  for (const [url, expected] of addresses) {
    it(`adds its path to ${url}`, () => {
      const { pinger, requests } = pingerTo(url);
      pinger.start();
      expect(requests.map((request) => request.url)).to.deep.equal([expected]);
      expect(requests[0]).to.include({ method: 'POST', timeoutMs: 5_000 });
    });
  }

  it('does not ping the end before the start has been answered', async () => {
    const { pinger, requests, answers } = pingerTo('https://hc.example/uuid');
    pinger.start();
    const ended = pinger.end(report);
    await Promise.resolve();
    expect(requests).to.have.length(1);
    answers[0]?.();
    while (requests.length < 2) await Promise.resolve();
    answers[1]?.();
    expect(await ended).to.include({ channel: 'ping', delivered: true, error: null });
    expect(requests[1]?.url).to.equal('https://hc.example/uuid/77?rid=run-1');
  });

  it('says in the body how the run went', () => {
    const { pinger, requests } = pingerTo('https://hc.example/uuid');
    void pinger.end(report);
    return Promise.resolve().then(() => {
      const body = requests[0]?.body ?? '';
      expect(body)
        .to.include('account: team-a\n')
        .and.include('run: run-1\n')
        .and.include('exit code: 77 (auth)\n')
        .and.include('notStarted: 0\n')
        .and.include('error: auth_refused: The API refused the key\n');
    });
  });
});
