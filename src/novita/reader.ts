import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import type { Failure } from '../core/failure.js';
import { type Backoff, readRetryBudget, readRetryDelay } from '../core/retry.js';
import { type Answer, errorOfAnswer, isSuccess, type Redact, unreadableAnswer } from './classify.js';
import { ProviderError } from '../core/providerError.js';
import { mayBeError, parseJson } from './answers.js';
import type { PageWindow } from './pageWindow.js';
import type { Transport } from './transport.js';

export interface ReaderOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly backoff: () => Backoff;
  readonly redact: Redact;
  /** How long the run may still go on, in ms. */
  readonly remainingMs: () => number;
  /** Told of each request as it is sent. */
  readonly onRequest: (method: 'GET', isRetry: boolean) => void;
  /** Resolves when what can be sent is: understanding a page takes a while, and nothing should wait for it. */
  readonly afterSending: () => Promise<void>;
}

/**
 * Sends a GET until it is answered, and returns what the parser makes of the answer.
 *
 * @param window - what each attempt has to pass through; nobody waits there between two attempts
 */
export type Read = <Value>(
  url: URL,
  parse: (body: unknown) => Value | null,
  signal: AbortSignal,
  window?: PageWindow,
) => Promise<Value>;

const wideOpen: PageWindow = (send) => send();

/**
 * Reads change nothing, so they are sent again for as long as the failure may pass and attempts are left.
 *
 * @throws ProviderError (from the returned function) when there is no usable answer in the end
 */
export function createReader(options: ReaderOptions): Read {
  const { transport, clock, log, backoff, redact, onRequest, remainingMs, afterSending } = options;
  let retriesLeft = readRetryBudget;

  return async (url, parse, signal, window = wideOpen) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await window(() => {
          throwIfAborted(signal);
          onRequest('GET', attempt > 1);
          return askOnce(url, signal);
        });
        await afterSending();
        return understand(answer, url, parse);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        throwIfAborted(signal);
        const { failure, effect, retryAfterMs } = error;
        const delayMs = readRetryDelay({ attempt, failure, effect, retryAfterMs }, backoff(), remainingMs());
        if (delayMs === null || retriesLeft === 0) throw error;
        retriesLeft -= 1;
        log.warn('request_retried', `${failure.message}; asking again in ${delayMs} ms`, {
          path: url.pathname,
          attempt,
          error: failure.code,
          delayMs,
        });
        await clock.sleep(delayMs, signal);
        throwIfAborted(signal);
      }
    }
  };

  async function askOnce(url: URL, signal: AbortSignal): Promise<Answer> {
    const startedAt = clock.now();
    const answer = await transport.send({ method: 'GET', url, signal });
    log.debug('request_answered', `GET ${url.pathname}${url.search} answered ${answer.status}`, {
      status: answer.status,
      durationMs: clock.now() - startedAt,
    });
    if (!isSuccess(answer)) throwIfError(answer, url);
    return answer;
  }

  function understand<Value>(answer: Answer, url: URL, parse: (body: unknown) => Value | null): Value {
    const body = parseJson(answer.body);
    if (mayBeError(body)) throwIfError(answer, url);
    const value = parse(body);
    if (value === null) throw unreadableAnswer(answer, { method: 'GET', url }, redact);
    return value;
  }

  function throwIfError(answer: Answer, url: URL): void {
    const error = errorOfAnswer(answer, clock.now(), redact, url.host);
    if (error) throw error;
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new ProviderError(signal.reason as Failure, 'none');
}
