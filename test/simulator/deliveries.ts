import type { Answer } from '../../src/novita/classify.js';
import { dataRefusedAnswers, gatewayPage, jsonAnswer, notFoundAnswers, refusal } from './answers.js';
import type { FaultName } from './faults.js';
import type { Random } from './random.js';

/** A request that nobody waits for any more may still arrive, but not later than this. */
export const latestArrivalMs = 12_000;

/** How an answer that came back whole is spoilt; the fixed ones come from something in between. */
export type Reply =
  | { readonly kind: 'own' }
  | { readonly kind: 'own_cut'; readonly fraction: number }
  | { readonly kind: 'fixed'; readonly answer: Answer }
  | { readonly kind: 'lost' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'none' };

/** The way of one request. Times are in ms after its start. */
export interface Delivery {
  readonly fault: FaultName;
  readonly connect: 'established' | 'unreachable' | 'tls_failed' | 'none';
  readonly connectMs: number;
  /** When it reaches the provider; null when it never does. */
  readonly arriveMs: number | null;
  readonly replyMs: number;
  readonly reply: Reply;
}

/** Turns a fault into times and an answer. */
export function drawDelivery(fault: FaultName, random: Random, timeoutMs: number): Delivery {
  const connectMs = random.integer(1, 60);
  const arriveMs = connectMs + random.integer(1, 100);
  const replyMs = arriveMs + random.integer(5, 300);
  const usual = {
    fault,
    connect: 'established',
    connectMs,
    arriveMs,
    replyMs,
    reply: { kind: 'own' },
  } as const;
  const fixed = (answer: Answer): Delivery => ({
    ...usual,
    arriveMs: null,
    reply: { kind: 'fixed', answer },
  });

  switch (fault) {
    case 'no_fault':
      return usual;
    case 'unreachable':
    case 'tls_failed':
      return { ...usual, connect: fault, arriveMs: null };
    case 'connect_timeout':
      return { ...usual, connect: 'none', arriveMs: null, reply: { kind: 'none' } };
    case 'lost_before_arrival':
    case 'request_cut':
      return { ...usual, arriveMs: null, reply: { kind: 'lost' } };
    case 'answer_lost':
      return { ...usual, reply: { kind: 'lost' } };
    case 'answer_unreadable':
      return { ...usual, reply: { kind: 'unreadable' } };
    case 'answer_cut':
      return { ...usual, reply: { kind: 'own_cut', fraction: random.fraction() } };
    case 'answer_garbage':
      return { ...usual, reply: { kind: 'fixed', answer: garbage(random) } };
    case 'page_instead_of_answer':
      return fixed({ ...gatewayPage, status: 200 });
    case 'error_applied':
      return { ...usual, reply: { kind: 'fixed', answer: serverError(random) } };
    case 'error_not_applied':
    case 'job_list_down':
      return fixed(serverError(random));
    case 'gateway_page':
      return fixed(gatewayPage);
    case 'gateway_timeout_applied_later':
      // The three reads that follow an error end 14 s after it. What is applied after 4 s is shown by then, even
      // by a job list that lags behind by 8 s; with more of both, no client that sends again could be right.
      return {
        ...usual,
        arriveMs: replyMs + random.integer(0, 4_000),
        reply: { kind: 'fixed', answer: { ...gatewayPage, status: 504 } },
      };
    case 'request_timeout_status':
      return {
        ...usual,
        arriveMs: random.chance(0.5) ? arriveMs : null,
        reply: { kind: 'fixed', answer: jsonAnswer({ message: 'Request Timeout' }, 408) },
      };
    case 'timeout_applied':
      return { ...usual, reply: { kind: 'none' } };
    case 'timeout_not_applied':
      return { ...usual, arriveMs: null, reply: { kind: 'none' } };
    case 'timeout_applied_later':
      return {
        ...usual,
        arriveMs: timeoutMs + random.integer(1, latestArrivalMs - 1),
        reply: { kind: 'none' },
      };
    case 'slow':
      return { ...usual, replyMs: replyMs + random.integer(0, timeoutMs) };
    case 'rate_limited':
      return fixed({
        ...refusal('RATE_LIMIT_EXCEEDED', 429),
        retryAfter: random.pick([undefined, undefined, '0', '1', '7', '3600', 'soon']),
      });
    case 'unauthorized':
      return fixed(random.pick([refusal('INVALID_API_KEY', 401), jsonAnswer({ message: 'no' }, 403)]));
    case 'balance':
      return fixed(refusal('BALANCE_NOT_ENOUGH'));
    case 'redirect':
      return fixed({ status: 307, retryAfter: undefined, body: '' });
    case 'no_capacity':
      return fixed(refusal(random.pick(['MIGRATE_INSUFFICIENT_RESOURCE', 'NODE_STATUS'])));
    case 'conflict':
      return fixed(refusal('DEPENDENT_RESOURCE_STATE'));
    case 'data_refused':
      return fixed(random.pick(dataRefusedAnswers));
    case 'gone':
      return fixed(random.pick(notFoundAnswers));
    case 'incompatible':
      return fixed(refusal('CUDA_VERSION_INCOMPATIBLE'));
  }
}

/*
 * An empty or well-formed answer of 200 to a request that was not applied is never drawn: it is a plain lie.
 */
function garbage(random: Random): Answer {
  const body = random.pick(['\u0000\u0001\ufffd', 'null', '[]', '"ok"', '{"jobId":', 'OK']);
  return { status: 200, retryAfter: undefined, body };
}

function serverError(random: Random): Answer {
  return random.pick([
    refusal('UNKNOWN', 500),
    jsonAnswer({ error: { message: 'boom' } }, 500),
    jsonAnswer({ message: 'unavailable' }, 503),
    { status: 500, retryAfter: '2', body: '' },
    { status: 503, retryAfter: undefined, body: '{"code":503,"rea' },
  ]);
}
