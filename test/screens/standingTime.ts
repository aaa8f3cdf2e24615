import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import dns from 'node:dns';
import type { ClientRequest } from 'node:http';
import { systemClock } from '../../src/runtime/systemClock.js';
import { createVirtualClock, type VirtualClock } from '../support/virtualClock.js';
import { screenTimeMs } from './screenTime.js';
import { standingDate } from './standingDate.js';

interface RunTime {
  readonly clock: VirtualClock;
  requestsInFlight: number;
}

const timeOfRun = new AsyncLocalStorage<RunTime>();

/**
 * Does something in a process in which nothing is left to chance: time stands still and jumps over each wait, every
 * random number is a half, and no name ending in `.invalid` is looked up.
 */
export async function inStandingTime<Value>(work: () => Promise<Value>): Promise<Value> {
  const { Date: RealDate } = globalThis;
  const { random } = Math;
  const realClock = { ...systemClock };
  const { lookup } = dns;
  globalThis.Date = standingDate(RealDate, () => timeOfRun.getStore()?.clock.now() ?? screenTimeMs);
  Math.random = () => 0.5;
  Object.assign(systemClock, { sleep: sleepInTimeOfRun });
  Object.assign(dns, { lookup: refuseInvalidNames(lookup) });
  subscribe('http.client.request.start', countRequest);
  try {
    return await work();
  } finally {
    unsubscribe('http.client.request.start', countRequest);
    globalThis.Date = RealDate;
    Math.random = random;
    Object.assign(systemClock, realClock);
    Object.assign(dns, { lookup });
  }
}

/** Gives a run a time of its own, which jumps to the next wait's end whenever no request is in flight. */
export function inOwnTime<Value>(run: () => Promise<Value>): Promise<Value> {
  const time: RunTime = { clock: createVirtualClock(screenTimeMs), requestsInFlight: 0 };
  return timeOfRun.run(time, async () => {
    const state = { ended: false };
    const ended = run().finally(() => {
      state.ended = true;
    });
    ended.catch(() => undefined);
    // What a run does with an answer, or at the end of a wait, is done within a few of these.
    for (let idleFor = 0; !state.ended; idleFor += 1) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      if (time.requestsInFlight > 0) idleFor = 0;
      if (idleFor < 5) continue;
      time.clock.next();
      idleFor = 0;
    }
    return ended;
  });
}

function sleepInTimeOfRun(ms: number, signal?: AbortSignal): Promise<void> {
  const time = timeOfRun.getStore();
  if (time === undefined) throw new Error('A run that takes a screen needs a time of its own');
  return time.clock.sleep(ms, signal);
}

function countRequest(message: unknown): void {
  const time = timeOfRun.getStore();
  if (time === undefined) return;
  const { request } = message as { readonly request: ClientRequest };
  time.requestsInFlight += 1;
  request.once('close', () => (time.requestsInFlight -= 1));
}

/** Where there is no name server, a name that cannot exist fails in another way, and later. */
function refuseInvalidNames(lookup: typeof dns.lookup): typeof dns.lookup {
  type Refuse = (error: NodeJS.ErrnoException) => void;
  const refuse = (host: string, ...rest: readonly unknown[]): void => {
    if (!host.endsWith('.invalid')) return Reflect.apply(lookup, dns, [host, ...rest]) as undefined;
    const error = new Error(`getaddrinfo ENOTFOUND ${host}`);
    setImmediate(rest.at(-1) as Refuse, Object.assign(error, { code: 'ENOTFOUND', syscall: 'getaddrinfo' }));
  };
  return Object.assign(refuse, lookup);
}
