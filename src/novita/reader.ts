import type { Clock } from '../core/clock.js';
import type { Log } from '../core/log.js';
import type { Failure } from '../core/failure.js';
import { type Backoff, readRetryBudget, readRetryDelay } from '../core/retry.js';
import { errorOfAnswer, type Redact, unreadableAnswer } from './classify.js';
import { ProviderError } from '../core/providerError.js';
import { parseJson } from './answers.js';
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
}

/** Sends a GET until it is answered, and returns what the parser makes of the answer. */
export type Read = <Value>(
  url: URL,
  parse: (body: unknown) => Value | null,
  signal: AbortSignal,
) => Promise<Value>;

/**
 * Reads change nothing, so they are sent again for as long as the failure may pass and attempts are left.
 *
 * @throws ProviderError (from the returned function) when there is no usable answer in the end
 */
export function createReader(options: ReaderOptions): Read {
  const { transport, clock, log, backoff, redact, onRequest, remainingMs } = options;
  let retriesLeft = readRetryBudget;

  return async (url, parse, signal) => {
    for (let attempt = 1; ; attempt += 1) {
      onRequest('GET', attempt > 1);
      try {
        return await readOnce(url, parse, signal);
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

  async function readOnce<Value>(
    url: URL,
    parse: (body: unknown) => Value | null,
    signal: AbortSignal,
  ): Promise<Value> {
    const startedAt = clock.now();
    const answer = await transport.send({ method: 'GET', url, signal });
    log.debug('request_answered', `GET ${url.pathname}${url.search} answered ${answer.status}`, {
      status: answer.status,
      durationMs: clock.now() - startedAt,
    });
    const error = errorOfAnswer(answer, clock.now(), redact, url.host);
    if (error) throw error;
    const value = parse(parseJson(answer.body));
    if (value === null) throw unreadableAnswer(answer, { method: 'GET', url }, redact);
    return value;
  }
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new ProviderError(signal.reason as Failure, 'none');
}
