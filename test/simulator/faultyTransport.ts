import { type Failure, failureOf } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';
import type { Answer } from '../../src/novita/classify.js';
import type { HttpRequest, Transport } from '../../src/novita/transport.js';
import { type Delivery, drawDelivery, latestArrivalMs } from './deliveries.js';
import { drawFault } from './faults.js';
import { type Handled, handle, instanceOf, isStart } from './provider.js';
import type { RunRecord } from './runRecord.js';
import type { Schedule } from './schedule.js';
import type { World } from './world.js';
import { writeDownAnswer, writeDownPost } from './writeDown.js';

export interface FaultyTransportInput {
  readonly world: World;
  readonly schedule: Schedule;
  readonly run: RunRecord;
  readonly count: (fault: string) => void;
}

/**
 * Carries requests to the emulated provider over a network that fails, and throws what the real transport throws.
 * What is on its way stays on its way when the program gives up or is killed.
 */
export function createFaultyTransport(input: FaultyTransportInput): Transport {
  return { send: (request) => send(request, input), close: () => undefined };
}

function send(request: HttpRequest, { world, schedule, run, count }: FaultyTransportInput): Promise<Answer> {
  const { clock, random, note } = world;
  const { method, url, signal } = request;
  const { requestTimeoutMs } = schedule.settings;
  const { jobList } = schedule.traits;
  const isMigrate = method !== 'GET';
  const label = `run ${run.number}: ${isStart(request) ? 'start' : method} ${isMigrate ? instanceOf(request) : url.pathname.slice(24) + url.search}`;
  const post = isMigrate
    ? writeDownPost({ instanceId: instanceOf(request), isStart: isStart(request) }, run, clock.now())
    : null;
  if (signal.aborted) return Promise.reject(new ProviderError(signal.reason as Failure, 'none'));

  const isJobList = url.pathname.endsWith('/jobs');
  const isEarlyJobList = isJobList && run.posts.length === 0;
  const isDown = isJobList && (jobList === 'down' || (jobList === 'down_later' && !isEarlyJobList));
  const rate = isMigrate ? schedule.weather.migrating : schedule.weather.reading;
  const fault = isDown ? 'job_list_down' : drawFault(random, isMigrate, rate);
  const delivery = drawDelivery(fault, random, requestTimeoutMs);
  const survivesGivingUp = random.chance(0.5);
  count(`${isMigrate ? (isStart(request) ? 'start' : 'migrate') : 'read'}: ${delivery.fault}`);
  note(`${label} sent (${delivery.fault})`);

  return new Promise((resolve, reject) => {
    let connected = false;
    let handled: Handled | null = null;
    let givenUpAtMs: number | null = null;
    let settled = false;
    const isOver = (): boolean => settled || run.killedAtMs !== null;

    const settle = (finish: () => void): void => {
      if (isOver()) return;
      settled = true;
      cancelTimeout();
      signal.removeEventListener('abort', giveUp);
      finish();
    };
    const fail = (failure: Failure, isUnreadable = false): void =>
      settle(() => {
        givenUpAtMs = clock.now();
        if (post && connected) Object.assign(post, { isAmbiguous: true, mayStillArrive: true });
        if (isEarlyJobList) run.jobListFailed = true;
        note(`${label}: ${failure.message}`);
        reject(new ProviderError(failure, connected || isUnreadable ? 'possible' : 'none'));
      });
    const giveUp = (): void => fail(signal.reason as Failure);
    const cancelTimeout = clock.schedule(requestTimeoutMs, () => fail(failureOf('request_timeout')));
    signal.addEventListener('abort', giveUp);

    const answer = (value: Answer, isWhole: boolean): void =>
      settle(() => {
        if (isWhole) handled?.delivered();
        if (isEarlyJobList && (!isWhole || value.status >= 300)) run.jobListFailed = true;
        writeDownAnswer(value, isWhole, post, { world, run, isList: !url.search.includes('instanceId') });
        note(`${label}: ${value.status} ${value.body.slice(0, 300)}`);
        resolve(value);
      });

    clock.schedule(delivery.connectMs, () => {
      if (isOver()) return;
      if (delivery.connect === 'unreachable')
        fail(failureOf('network_unreachable', { detail: 'ECONNREFUSED' }));
      if (delivery.connect === 'tls_failed') fail(failureOf('tls_failed', { detail: 'CERT_HAS_EXPIRED' }));
      connected = delivery.connect === 'established';
    });
    if (delivery.arriveMs !== null) {
      clock.schedule(delivery.arriveMs, () => {
        const goneSinceMs = run.killedAtMs ?? givenUpAtMs;
        const gaveUpEarly = goneSinceMs !== null && delivery.reply.kind !== 'none';
        if (!connected || (gaveUpEarly && !survivesGivingUp && !settledByAnswer())) return;
        if (goneSinceMs !== null && clock.now() - goneSinceMs >= latestArrivalMs) return;
        handled = handle(world, request, run, schedule.settings);
      });
    }
    const settledByAnswer = (): boolean => settled && givenUpAtMs === null && run.killedAtMs === null;
    clock.schedule(delivery.replyMs, () => {
      reply(delivery, handled, { answer, fail });
    });
  });
}

interface Ends {
  readonly answer: (value: Answer, isWhole: boolean) => void;
  readonly fail: (failure: Failure) => void;
}

function reply({ reply: wanted }: Delivery, handled: Handled | null, { answer, fail }: Ends): void {
  switch (wanted.kind) {
    case 'own':
      if (handled) answer(handled.answer, true);
      return;
    case 'own_cut':
      if (handled) cutAnswer(handled.answer, wanted.fraction, { answer, fail });
      return;
    case 'fixed':
      answer(wanted.answer, false);
      return;
    case 'lost':
      fail(failureOf('connection_lost', { detail: 'ECONNRESET' }));
      return;
    case 'unreadable':
      fail(failureOf('unreadable_answer', { detail: 'HPE_INVALID_CONSTANT' }));
      return;
    case 'none':
  }
}

/** With a Content-Length the cut is noticed; without one the rest of the body is simply not there. */
function cutAnswer(whole: Answer, fraction: number, { answer, fail }: Ends): void {
  const bytes = Math.floor(fraction * whole.body.length);
  if (fraction < 0.5) fail(failureOf('connection_lost', { detail: 'ECONNRESET' }));
  else answer({ ...whole, body: whole.body.slice(0, bytes) }, false);
}
