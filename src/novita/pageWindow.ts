import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import { ProviderError } from '../core/providerError.js';

/** Sends a request as soon as there is room for it. */
export type PageWindow = <Value>(send: () => Promise<Value>) => Promise<Value>;

/**
 * Opens a window of so many requests at once. It is halved, down to one, each time the API refuses one for being one too
 * many (429). Of requests that were in flight together only the first refusal counts: the others say nothing new. It
 * never becomes wider again, since a run is short.
 */
export function createPageWindow(width: number): PageWindow {
  const limit = pLimit(width);
  let timesNarrowed = 0;
  return (send) =>
    new Promise((resolve) => {
      void limit(async () => {
        const sentAfter = timesNarrowed;
        const answered = (async () => await send())();
        resolve(answered);
        try {
          await answered;
        } catch (error) {
          if (isRefusal(error) && sentAfter === timesNarrowed) {
            timesNarrowed += 1;
            limit.concurrency = Math.max(1, Math.floor(limit.concurrency / 2));
          }
          // Whoever asked may not want another request to be sent after that.
          await setImmediate();
        }
      });
    });
}

function isRefusal(error: unknown): boolean {
  return error instanceof ProviderError && error.failure.code === 'rate_limited';
}
