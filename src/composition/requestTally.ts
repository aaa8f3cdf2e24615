import type { RequestCounts } from '../core/requestCounts.js';
import type { InstanceResult } from '../core/summary.js';

/** Counts the requests of a run as they are sent. */
export interface RequestTally {
  readonly onRequest: (method: 'GET' | 'POST' | 'PUT', isRetry: boolean) => void;
  /** @param results - say how often each migrate request was sent again */
  counts(results: readonly InstanceResult[]): RequestCounts;
}

export function createRequestTally(): RequestTally {
  const sent = { GET: 0, POST: 0, PUT: 0 };
  let retries = 0;
  return {
    onRequest: (method, isRetry) => {
      sent[method] += 1;
      if (isRetry) retries += 1;
    },
    counts: (results) => ({
      get: sent.GET,
      post: sent.POST + sent.PUT,
      retries: results.reduce(
        (sum, { attempts, repeats }) => sum + (repeats ?? Math.max(0, attempts - 1)),
        retries,
      ),
    }),
  };
}
