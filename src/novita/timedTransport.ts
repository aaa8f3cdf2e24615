import type { Clock } from '../core/clock.js';
import type { TimedAnswer } from '../core/clockDifference.js';
import { httpDateMs } from '../core/httpDate.js';
import type { Transport } from './transport.js';

/** Told of each answer that says when it was made. */
export type OnTimedAnswer = (answer: TimedAnswer, host: string) => void;

/** Compares the time in each answer with that of our own clock. */
export function timedTransport(transport: Transport, clock: Clock, onTimedAnswer: OnTimedAnswer): Transport {
  return {
    ...transport,
    send: async (request) => {
      const sentAtMs = clock.now();
      const answer = await transport.send(request);
      const serverMs = httpDateMs(answer.date ?? '');
      if (!Number.isNaN(serverMs)) {
        onTimedAnswer({ serverMs, sentAtMs, answeredAtMs: clock.now() }, request.url.host);
      }
      return answer;
    },
  };
}
