import { failureOf } from '../../src/core/failure.js';
import { ProviderError } from '../../src/core/providerError.js';
import type { HttpRequest, Transport } from '../../src/novita/transport.js';

/*
 * What a careless client would do. The judge is worth something only if it sees each of these.
 */

/** Sends every migrate request twice, as an HTTP library that retries on its own might. */
export function sendsTwice(transport: Transport): Transport {
  return around(transport, async (request) => {
    const [answer] = await Promise.all([transport.send(request), transport.send(request)]);
    return answer;
  });
}

/** Sends every start twice. */
export function startsTwice(transport: Transport): Transport {
  return around(transport, async (request) => {
    const isStart = request.url.pathname.endsWith('/start');
    const [answer] = await Promise.all([
      transport.send(request),
      ...(isStart ? [transport.send(request).catch(() => null)] : []),
    ]);
    return answer;
  });
}

/** Takes every failed request for one that was not applied, so that it is sent again. */
export function sendsAgainWhenUnsure(transport: Transport): Transport {
  return around(transport, async (request) => {
    try {
      return await transport.send(request);
    } catch (error) {
      if (error instanceof ProviderError) throw new ProviderError(error.failure, 'none', error.retryAfterMs);
      throw error;
    }
  });
}

/** Takes a server error for a request to slow down, which is sent again without looking. */
export function sendsAgainAfterServerErrors(transport: Transport): Transport {
  return around(transport, async (request) => {
    const answer = await transport.send(request);
    return answer.status >= 500 ? { ...answer, status: 429, body: '' } : answer;
  });
}

/** Takes every request to keep data that failed for a refusal, after which it may go on without. */
export function goesOnWithoutDataWhenUnsure(transport: Transport): Transport {
  return around(transport, async (request) => {
    try {
      return await transport.send(request);
    } catch (error) {
      if (request.method !== 'PUT' || !(error instanceof ProviderError)) throw error;
      throw new ProviderError(failureOf('data_not_kept'), 'none');
    }
  });
}

/** Takes every migrate request that failed for one that was refused for want of room, after which it may start. */
export function startsWhenUnsure(transport: Transport): Transport {
  return around(transport, async (request) => {
    try {
      return await transport.send(request);
    } catch (error) {
      if (request.url.pathname.endsWith('/start') || !(error instanceof ProviderError)) throw error;
      throw new ProviderError(failureOf('no_capacity'), 'none');
    }
  });
}

/** Takes a request without an answer for an accepted one. */
export function claimsSuccess(transport: Transport): Transport {
  return around(transport, (request) =>
    transport.send(request).catch(() => ({ status: 200, retryAfter: undefined, body: '' })),
  );
}

/** Takes every job for one that has succeeded, as one that misreads its state might. */
export function seesOnlySuccesses(transport: Transport): Transport {
  return {
    send: async (request) => {
      const answer = await transport.send(request);
      const body = answer.body.replace(/"state":"(queued|pulling|running|fail)"/g, '"state":"success"');
      return request.url.pathname.endsWith('/jobs') ? { ...answer, body } : answer;
    },
    close: () => transport.close(),
  };
}

/** Never gives up on its own. */
export function ignoresTheEnd(transport: Transport): Transport {
  const never = new AbortController().signal;
  return {
    send: (request) => transport.send({ ...request, signal: never }),
    close: () => transport.close(),
  };
}

function around(
  transport: Transport,
  migrate: (request: HttpRequest) => ReturnType<Transport['send']>,
): Transport {
  return {
    send: (request) => (request.method !== 'GET' ? migrate(request) : transport.send(request)),
    close: () => transport.close(),
  };
}
