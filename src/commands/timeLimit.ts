import type { Clock } from '../core/clock.js';
import { failureOf } from '../core/failure.js';

/**
 * Does something that has to be over within a time.
 *
 * @param limitMs - how long it may take, in ms
 * @param end - ends it earlier when it aborts, with a Failure as its reason
 * @param work - is given a signal that aborts, with a Failure as its reason, when it has to be over
 */
export async function withinTime<Value>(
  clock: Clock,
  limitMs: number,
  end: AbortSignal,
  work: (over: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const timeUp = new AbortController();
  const done = new AbortController();
  void clock.sleep(limitMs, done.signal).then(() => timeUp.abort(failureOf('request_timeout')));
  try {
    return await work(AbortSignal.any([end, timeUp.signal]));
  } finally {
    done.abort();
  }
}
