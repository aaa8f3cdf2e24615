import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Got, Request } from 'got';
import { type Failure, failureOf } from '../core/failure.js';
import type { Answer } from './classify.js';
import { networkCause } from './networkCauses.js';
import { ProviderError } from '../core/providerError.js';

const maxBodyBytes = 8 * 1024 * 1024;

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Aborted, with a Failure as its reason, when the request must be given up. */
  readonly signal: AbortSignal;
}

export interface TransportOptions {
  readonly apiKey: string;
  readonly userAgent: string;
  /** For one attempt, in ms. */
  readonly requestTimeoutMs: number;
}

export interface Transport {
  /**
   * Sends one request once.
   *
   * @throws ProviderError when no complete answer came back
   */
  send(request: HttpRequest): Promise<Answer>;
  /** Closes idle connections, so that the process can end. */
  close(): void;
}

/**
 * One HTTP attempt at a time, on got. No redirect is followed (it would send the request and the key again),
 * nothing is retried here, and an answer of more than 8 MiB is not read to its end.
 * Reads share connections; each POST or PUT has its own, because the server may close an idle one at any moment and
 * then nobody knows whether the request arrived.
 */
export async function createTransport(options: TransportOptions): Promise<Transport> {
  // Loading got takes longer than most of this program: --help never pays for it.
  const { got } = await import('got');
  const agents = { reading: agentsFor({ keepAlive: true }), acting: agentsFor({ keepAlive: false }) };
  const client = got.extend({
    headers: {
      authorization: `Bearer ${options.apiKey}`,
      accept: 'application/json',
      // The documentation asks for it on GET too.
      'content-type': 'application/json',
      'user-agent': options.userAgent,
    },
    followRedirect: false,
    throwHttpErrors: false,
    retry: { limit: 0 },
    timeout: { request: options.requestTimeoutMs },
  });
  return {
    send: (request) => sendOnce(client, request.method === 'GET' ? agents.reading : agents.acting, request),
    close: () => {
      for (const { http, https } of Object.values(agents)) {
        http.destroy();
        https.destroy();
      }
    },
  };
}

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

function agentsFor(options: { readonly keepAlive: boolean }): Agents {
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}

async function sendOnce(
  client: Got,
  agent: Agents,
  { method, url, body, signal }: HttpRequest,
): Promise<Answer> {
  const stream = client.stream(url, {
    method,
    agent,
    signal,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  try {
    const text = await readBody(stream, url.host);
    const { response } = stream;
    if (!response) throw new Error('The stream ended without a response');
    const { headers, statusCode } = response;
    return {
      status: statusCode,
      retryAfter: headers['retry-after'],
      contentType: headers['content-type'],
      location: headers.location,
      // A cache says how old its copy is, and the date is then that of the copy.
      date: headers.age === undefined ? headers.date : undefined,
      body: text,
    };
  } catch (error) {
    throw error instanceof ProviderError
      ? error
      : transportError(error, isConnected(stream, url), url.host, signal);
  } finally {
    stream.destroy();
  }
}

async function readBody(stream: Request, host: string): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    const buffer = chunk as Buffer;
    bytes += buffer.length;
    if (bytes > maxBodyBytes) throw new ProviderError(failureOf('answer_too_large', { host }), 'possible');
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Without a connection the request was certainly not sent. */
function isConnected({ timings }: Request, { protocol }: URL): boolean {
  return (protocol === 'https:' ? timings?.phases.tls : timings?.phases.tcp) !== undefined;
}

function transportError(
  error: unknown,
  connected: boolean,
  host: string,
  signal: AbortSignal,
): ProviderError {
  const failure = signal.aborted ? (signal.reason as Failure) : failureOfCause(error, connected, host);
  return new ProviderError(failure, connected ? 'possible' : 'none');
}

function failureOfCause(error: unknown, connected: boolean, host: string): Failure {
  const name = error instanceof Error ? error.name : '';
  const code = codeOf(error);
  if (name === 'TimeoutError') {
    const detail = connected ? 'connected, but no complete answer came' : 'no connection was made';
    return failureOf('request_timeout', { host, detail });
  }
  if (/^(HPE_|Z_|ERR_HTTP_CONTENT_LENGTH)/.test(code))
    return failureOf('unreadable_answer', { host, detail: code });
  const details = { host, ...networkCause(code) };
  if (/^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO)/.test(code)) {
    return failureOf('tls_failed', details);
  }
  return connected
    ? failureOf('connection_lost', { host, detail: details.detail ?? '' })
    : failureOf('network_unreachable', details);
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
