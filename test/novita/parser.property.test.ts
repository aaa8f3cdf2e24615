import { expect } from 'chai';
import fc from 'fast-check';
import { ProviderError } from '../../src/core/providerError.js';
import { createClientOn } from '../../src/novita/client.js';
import { parseInstance, parseJob } from '../../src/novita/schemas.js';
import { captureLog } from '../support/captureLog.js';

const canary = 'CANARY-SECRET';
const secretPlaces = [
  'envs',
  'command',
  'entrypoint',
  'imageAuth',
  'imageAuthId',
  'connectComponentSSH',
  'connectComponentLog',
  'sshPassword',
  'sshCommand',
  'portMappings',
  'logAddress',
  'ownerId',
  'user',
];

/** A client to which every request is answered with the same bytes. */
function clientAnswering(status: number, body: string) {
  const transport = {
    send: () => Promise.resolve({ status, retryAfter: undefined, body }),
    close: () => undefined,
  };
  return createClientOn(transport, {
    baseUrl: 'https://api.example.test',
    pageConcurrency: 4,
    backoff: () => ({ baseMs: 1, randomFraction: 0 }),
    clock: { now: () => 0, sleep: () => Promise.resolve() },
    log: captureLog().log,
    signal: new AbortController().signal,
  });
}

/** What a call ends with: a value, or the one error that may leave the client. */
async function endOf(call: () => Promise<unknown>): Promise<string> {
  try {
    return JSON.stringify({ value: await call() });
  } catch (error) {
    if (error instanceof ProviderError) return JSON.stringify(error.failure);
    throw error;
  }
}

async function everyEnd(status: number, body: string): Promise<readonly string[]> {
  const client = clientAnswering(status, body);
  return Promise.all([
    endOf(() => client.listInstances()),
    endOf(() => client.listJobs()),
    endOf(() => client.getInstance('i-1')),
    endOf(() => client.migrateInstance('i-1')),
  ]);
}

const status = fc.constantFrom(200, 201, 301, 400, 401, 404, 429, 500, 503);
const rowKeys = [
  'id',
  'Id',
  'name',
  'status',
  'spotStatus',
  'spotReclaimTime',
  'lastStartedAt',
  'volumeMounts',
  'state',
];
/** Rows that look like the API's in places, and hold anything in others. */
const row = fc.dictionary(
  fc.constantFrom(...rowKeys, 'instanceId', 'type', 'createdAt', '__proto__'),
  fc.jsonValue(),
);
const page = fc.record(
  {
    instances: fc.array(fc.oneof(row, fc.jsonValue())),
    jobs: fc.array(fc.oneof(row, fc.jsonValue())),
    total: fc.jsonValue(),
  },
  { requiredKeys: [] },
);

describe('novita: whatever the API answers', () => {
  it('ends in a value or in a ProviderError: any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        status,
        fc.oneof(
          fc.json(),
          page.map((value) => JSON.stringify(value)),
        ),
        async (code, body) => {
          for (const end of await everyEnd(code, body)) expect(end).to.be.a('string');
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends in a value or in a ProviderError: any bytes', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString('utf8'));
    const cutJson = fc
      .tuple(fc.json(), fc.nat())
      .map(([text, end]) => text.slice(0, end % (text.length + 1)));
    await fc.assert(
      fc.asyncProperty(status, fc.oneof(bytes, cutJson, fc.string()), async (code, body) => {
        for (const end of await everyEnd(code, body)) expect(end).to.be.a('string');
      }),
      { numRuns: 300 },
    );
  });

  it('never lets a secret in', async () => {
    const secrets = fc.dictionary(
      fc.constantFrom(...secretPlaces),
      fc.oneof(
        fc.constant(canary),
        fc.constant([{ key: 'TOKEN', value: canary }]),
        fc.constant({ deep: { password: canary } }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(row, secrets, async (fields, hidden) => {
        const secretive = { id: 'i-1', instanceId: 'i-1', status: 'exited', ...fields, ...hidden };
        const body = JSON.stringify({ ...secretive, instances: [secretive], jobs: [secretive], total: 1 });
        expect((await everyEnd(200, body)).join('')).not.to.include(canary);
        expect(JSON.stringify([parseInstance(secretive), parseJob(secretive)])).not.to.include(canary);
      }),
      { numRuns: 300 },
    );
  });

  it('lets no control character in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const parsed = parseInstance({
          id: 'i-1',
          status: text,
          name: text,
          productName: text,
          spotReclaimTime: text,
        });
        expect(Object.values(parsed ?? {}).join('')).not.to.match(/[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });
});
