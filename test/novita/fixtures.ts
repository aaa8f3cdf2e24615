import { inspect } from 'node:util';
import { expect } from 'chai';
import type { Failure } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';
import { createNovitaClient, type NovitaClient, type NovitaClientOptions } from '../../src/novita/client.js';
import { createTransport, type Transport } from '../../src/novita/transport.js';
import { captureLog, type CapturedLine } from '../support/captureLog.js';
import { fakeClock } from '../support/fakeClock.js';
import { apiOrigin } from '../support/httpMock.js';

export const apiKey = 'sk_CanaryQ7xZ9wV3mB5t';
export const startMs = Date.UTC(2026, 6, 1, 12);

export interface TestClient {
  readonly client: NovitaClient;
  /** How long each pause before another attempt was, in ms. */
  readonly waits: readonly number[];
  readonly lines: readonly CapturedLine[];
}

/** A client whose pauses are over at once; half of the full backoff of 100 ms is drawn each time. */
export async function testClient(changes: Partial<NovitaClientOptions> = {}): Promise<TestClient> {
  const clock = fakeClock(startMs);
  const { log, lines } = captureLog();
  const client = await createNovitaClient({
    baseUrl: apiOrigin,
    apiKey,
    userAgent: 'novita-spot/1.2.3',
    requestTimeoutMs: 30_000,
    pageConcurrency: 8,
    backoff: () => ({ baseMs: 100, randomFraction: 0.5 }),
    clock,
    log,
    signal: new AbortController().signal,
    ...changes,
  });
  return { client, waits: clock.waits, lines };
}

/** The client's own HTTP, without attempts beyond the first. */
export function testTransport(requestTimeoutMs = 30_000): Promise<Transport> {
  return createTransport({ apiKey, userAgent: 'novita-spot/1.2.3', requestTimeoutMs });
}

/** A row of the instance list as the API sends it. */
export function instanceRow(number: number): Readonly<Record<string, unknown>> {
  return { id: `i-${number}`, name: `spot ${number}`, status: 'exited', spotReclaimTime: '1782900000' };
}

/** The rows from one number to another, both included. */
export function instanceRows(from: number, to: number): readonly Readonly<Record<string, unknown>>[] {
  return Array.from({ length: to - from + 1 }, (_, index) => instanceRow(from + index));
}

/** The error that a call ends with. It must be the client's own kind, and must not know the key. */
export async function providerErrorOf(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => {
      throw new Error('The call succeeded.');
    },
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(ProviderError);
  expectNoKey(error);
  return error as ProviderError;
}

/** The failure that a call ends with. */
export async function failureOfCall(call: Promise<unknown>): Promise<Failure> {
  return (await providerErrorOf(call)).failure;
}

/** Fails when a value, however deep one looks, holds the API key or its recognisable start. */
export function expectNoKey(value: unknown): void {
  const seen = `${inspect(value, { depth: 10, showHidden: true })}\n${JSON.stringify(value)}`;
  expect(seen).not.to.include(apiKey.slice(0, 9));
}
