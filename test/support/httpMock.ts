import type { ClientRequest } from 'node:http';
import nock from 'nock';

export const apiOrigin = 'https://api.novita.test';
const apiPath = '/gpu-instance/openapi/v1';

// Importing nock switches it on for the whole process, where other tests talk to real servers on loopback.
nock.restore();

export interface SentRequest {
  readonly method: string;
  /** Below the path of version 1 of the API, or the whole path of version 2; with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

export interface HttpMock {
  /** Takes expectations with paths such as `/gpu/instances`. Each one answers one request. */
  readonly api: nock.Scope;
  /** The same for version 2, with paths such as `/instances/i-1/migrate`. */
  readonly version2: nock.Scope;
  /** Every request that met its expectation, in the order of sending. */
  readonly requests: readonly SentRequest[];
}

export interface OpenHttpMock extends HttpMock {
  /** What a strict test must not end with: requests that nothing expected, and expectations that nothing met. */
  readonly problems: () => readonly string[];
  /** Forgets every expectation and gives the process its own HTTP back. */
  readonly close: () => void;
}

/** Takes the place of the network until it is closed. Only one can be open. */
export function openHttpMock(): OpenHttpMock {
  const requests: SentRequest[] = [];
  const unmatched = new Map<string, number>();
  const onNoMatch = ({ method = '', path = '' }: Partial<ClientRequest>): void => {
    const request = `${method} ${path}`;
    unmatched.set(request, (unmatched.get(request) ?? 0) + 1);
  };

  nock.activate();
  nock.disableNetConnect();
  nock.emitter.on('no match', onNoMatch);
  const api = nock(`${apiOrigin}${apiPath}`);
  api.on('request', (request: ClientRequest, _expectation: unknown, body: string) => {
    const { method, path } = request;
    requests.push({ method, path: path.slice(apiPath.length), headers: request.getHeaders(), body });
  });

  const version2 = nock(`${apiOrigin}/gpus/v2`);
  version2.on('request', (request: ClientRequest, _expectation: unknown, body: string) => {
    const { method, path } = request;
    requests.push({ method, path, headers: request.getHeaders(), body });
  });

  return {
    api,
    version2,
    requests,
    problems: () => [
      ...[...unmatched].map(([request, count]) => `Nothing expected the request ${request} (${count} times)`),
      ...nock.pendingMocks().map((expectation) => `Nothing sent the expected request ${expectation}`),
    ],
    close: () => {
      nock.emitter.off('no match', onNoMatch);
      nock.abortPendingRequests();
      nock.cleanAll();
      nock.enableNetConnect();
      nock.restore();
    },
  };
}

/**
 * Takes the place of the network for each test of the describe block that calls it. A test that sends a request
 * which it did not expect fails, and so does one that leaves an expectation unmet.
 */
export function useHttpMock(): HttpMock {
  let mock: OpenHttpMock | undefined;
  const opened = (): OpenHttpMock => {
    if (!mock) throw new Error('The HTTP mock is open during a test only.');
    return mock;
  };

  beforeEach(function () {
    const { problems } = (mock = openHttpMock());
    const test = this.currentTest;
    const run = test?.fn as ((this: Mocha.Context) => unknown) | undefined;
    if (!test || !run) throw new Error('There is no test to watch over.');
    // A check in an afterEach hook would end the whole block at its first complaint.
    test.fn = async function (this: Mocha.Context) {
      try {
        await run.call(this);
      } catch (error) {
        if (error instanceof Error) error.message = [error.message, ...problems()].join('\n');
        throw error;
      }
      if (problems().length > 0) throw new Error(problems().join('\n'));
    };
  });
  afterEach(() => {
    mock?.close();
    mock = undefined;
  });

  return {
    get api() {
      return opened().api;
    },
    get version2() {
      return opened().version2;
    },
    get requests() {
      return opened().requests;
    },
  };
}
