import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { ProductOffer } from '../core/alternatives.js';
import type { Clock } from '../core/clock.js';
import { failureOf } from '../core/failure.js';
import type { Instance } from '../core/instance.js';
import type { Job } from '../core/job.js';
import type { Listing } from '../core/listing.js';
import type { Log } from '../core/log.js';
import type { Backoff } from '../core/retry.js';
import { errorOfAnswer, type Redact, unreadableAnswer } from './classify.js';
import { errorOfKeepingAnswer } from './classifyKeeping.js';
import { ProviderError } from '../core/providerError.js';
import { createReader } from './reader.js';
import { parseAcceptedKeepingMigration, parseAcceptedMigration, parseJson } from './answers.js';
import { createLists } from './lists.js';
import { parseProducts } from './products.js';
import { parseInstance } from './schemas.js';
import { type OnTimedAnswer, timedTransport } from './timedTransport.js';
import { createTransport, type HttpRequest, type Transport } from './transport.js';

export interface NovitaClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly userAgent: string;
  readonly requestTimeoutMs: number;
  readonly pageConcurrency: number;
  readonly backoff: () => Backoff;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborted with a Failure as its reason when the run must end. */
  readonly signal: AbortSignal;
  /** How long the run may still go on, in ms; what asks to be waited for longer is not. For ever when absent. */
  readonly remainingMs?: () => number;
  /** Told of each answer that says when it was made. */
  readonly onTimedAnswer?: OnTimedAnswer;
  /** Told of each request as it is sent. */
  readonly onRequest?: (method: HttpRequest['method'], isRetry: boolean) => void;
}

/** The parts of Novita's GPU instance API, version 1 and a little of 2, that novita-spot uses. Every method throws ProviderError. */
export interface NovitaClient {
  /**
   * Every instance of the account, from `GET /gpu/instances`.
   *
   * @param signal - gives up when it aborts
   * @param onRows - told of the instances of each page as they come; one may come again
   */
  listInstances(
    signal?: AbortSignal,
    onRows?: (rows: readonly Instance[]) => void,
  ): Promise<Listing<Instance>>;
  /**
   * One instance, from `GET /gpu/instance`, whose documentation leaves out the spot fields.
   *
   * @param signal - gives up when it aborts
   */
  getInstance(id: string, signal?: AbortSignal): Promise<Instance>;
  /**
   * Every job of the account, from `GET /jobs`.
   *
   * @param signal - gives up when it aborts
   */
  listJobs(signal?: AbortSignal): Promise<Listing<Job>>;
  /**
   * Sends `POST /gpu/instance/migrate` once. Not idempotent: the error says whether it may have had an effect.
   *
   * @returns once the API has accepted the migration, which then takes its time
   */
  migrateInstance(id: string): Promise<{ readonly jobId: string | null; readonly dataKept: false }>;
  /**
   * Sends `PUT /gpus/v2/instances/{id}/migrate` with `save_data` once. Not idempotent, either. Documented: it asks to
   * keep existing data, and the platform may refuse that as unsupported. Not documented: which disks that is, how the
   * refusal is worded, and what a success says.
   */
  migrateKeepingData(
    id: string,
  ): Promise<{ readonly jobId: string | null; readonly dataKept: boolean | null }>;
  /**
   * Sends `POST /gpu/instance/start` once: documented, but for its answer, for where the instance starts, and for what
   * it says when there is no room. Not idempotent.
   */
  startInstance(id: string): Promise<void>;
  /**
   * The products that spot instances can be of, from `GET /products`, which does not need to succeed: it is asked once.
   *
   * @param signal - gives up when it aborts
   */
  listProducts(signal?: AbortSignal): Promise<readonly ProductOffer[]>;
  /** Closes idle connections. */
  close(): void;
}

/** Creates the client on real HTTP. */
export async function createNovitaClient(options: NovitaClientOptions): Promise<NovitaClient> {
  const { apiKey, signal } = options;
  // Each request in flight listens to it, and there may be many.
  setMaxListeners(0, signal);
  const keyInJson = JSON.stringify(apiKey).slice(1, -1);
  const redact: Redact = (text) => text.replaceAll(keyInJson, '[redacted]').replaceAll(apiKey, '[redacted]');
  return createClientOn(await createTransport(options), { ...options, redact, afterSending: setImmediate });
}

export interface ClientOnTransportOptions extends Omit<
  NovitaClientOptions,
  'apiKey' | 'userAgent' | 'requestTimeoutMs'
> {
  readonly redact?: Redact;
  /** Resolves when what can be sent is; at once when left out. */
  readonly afterSending?: () => Promise<void>;
}

const unchanged: Redact = (text) => text;
const ignored = (): void => undefined;
const atOnce = (): Promise<void> => Promise.resolve();

/** Creates the client on something else that answers requests. */
export function createClientOn(bare: Transport, options: ClientOnTransportOptions): NovitaClient {
  const { clock, log, backoff, redact = unchanged, signal: endOfRun, onRequest = ignored } = options;
  const { remainingMs = () => Infinity, onTimedAnswer, afterSending = atOnce } = options;
  const transport = onTimedAnswer === undefined ? bare : timedTransport(bare, clock, onTimedAnswer);
  const read = createReader({ transport, clock, log, backoff, redact, onRequest, remainingMs, afterSending });

  const url = (path: string, query: Readonly<Record<string, string>> = {}): URL => {
    const address = new URL(`${options.baseUrl}/gpu-instance/openapi/v1${path}`);
    address.search = new URLSearchParams(query).toString();
    return address;
  };

  const lists = createLists({ read, url, pageConcurrency: options.pageConcurrency, afterSending });

  const askOnce = async <Value>(
    request: Omit<HttpRequest, 'signal'>,
    errorOf: typeof errorOfAnswer,
    parse: (body: string) => Value | null,
    signal = endOfRun,
  ): Promise<Value> => {
    const { method, url: address } = request;
    onRequest(method, false);
    const answer = await transport.send({ ...request, signal });
    const error = errorOf(answer, clock.now(), redact, address.host);
    if (error) throw error;
    const value = parse(answer.body);
    if (value !== null) return value;
    throw unreadableAnswer(answer, { method, url: address }, redact);
  };

  return {
    listInstances: (signal = endOfRun, onRows) => lists.instances(signal, onRows),
    listJobs: (signal = endOfRun) => lists.jobs(signal),
    getInstance: (id, signal = endOfRun) =>
      read(url('/gpu/instance', { instanceId: id }), parseSingleInstance, signal),
    migrateInstance: async (id) => {
      const request = {
        method: 'POST',
        url: url('/gpu/instance/migrate'),
        body: { instanceId: id },
      } as const;
      const { jobId } = await askOnce(request, errorOfAnswer, parseAcceptedMigration);
      return { jobId, dataKept: false };
    },
    migrateKeepingData: async (id) => {
      const address = new URL(`${options.baseUrl}/gpus/v2/instances/${pathSegment(id)}/migrate`);
      const request = { method: 'PUT', url: address, body: { save_data: true } } as const;
      return askOnce(request, errorOfKeepingAnswer, parseAcceptedKeepingMigration);
    },
    startInstance: async (id) => {
      const request = { method: 'POST', url: url('/gpu/instance/start'), body: { instanceId: id } } as const;
      await askOnce(request, errorOfAnswer, parseAcceptedMigration);
    },
    listProducts: async (signal = endOfRun) => {
      // Without it, the products are those for instances on demand.
      const request = { method: 'GET', url: url('/products', { billingMethod: 'spot' }) } as const;
      return askOnce(request, errorOfAnswer, (body) => parseProducts(parseJson(body)), signal);
    },
    close: () => transport.close(),
  };
}

/** As a part of the path. One of dots alone would be taken for another path, and there is no other way to write it. */
function pathSegment(id: string): string {
  if (id !== '.' && id !== '..') return encodeURIComponent(id);
  throw new ProviderError(failureOf('data_not_kept', { detail: 'its id cannot stand in a path' }), 'none');
}

/** Not-found may come as a 200 with `null` for a body. */
function parseSingleInstance(body: unknown): Instance | null {
  if (body === null) throw new ProviderError(failureOf('instance_gone', { detail: 'empty answer' }), 'none');
  return parseInstance(body);
}
