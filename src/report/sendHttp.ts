/** A message for somebody outside who is told how a run went. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST';
  /** A secret. User name and password in it are sent as basic authentication. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For this attempt, in ms. */
  readonly timeoutMs: number;
  /** Gives up when it aborts. */
  readonly signal: AbortSignal;
}

export interface SendResult {
  /** Null when it was delivered; else why not, without any part of the URL. */
  readonly error: string | null;
  /** True when another attempt may succeed. */
  readonly retryable: boolean;
  /** What the answer's Retry-After asked for; undefined when it had none. */
  readonly retryAfter: string | undefined;
}

/**
 * Sends a message once. Any 2xx is a success; a redirect is not followed, as the message would go elsewhere.
 * Never throws, and never passes on an error of the HTTP library: it holds the URL.
 */
export async function sendHttp(request: OutgoingRequest): Promise<SendResult> {
  const { method, headers, body, timeoutMs, signal } = request;
  const url = new URL(request.url);
  const credentials = url.username === '' && url.password === '' ? null : basicAuthentication(url);
  url.username = '';
  url.password = '';
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.any([timeout, signal]),
      headers: { ...headers, ...(credentials === null ? {} : { authorization: credentials }) },
      ...(body === undefined ? {} : { body }),
    });
    // An answer that is not read keeps its connection open.
    await response.body?.cancel();
    const { status } = response;
    if (status >= 200 && status < 300) return delivered;
    const retryAfter = response.headers.get('retry-after') ?? undefined;
    return { error: `HTTP ${status}`, retryable: status === 429 || status >= 500, retryAfter };
  } catch (error) {
    if (signal.aborted) return { error: 'given up', retryable: false, retryAfter: undefined };
    if (timeout.aborted)
      return { error: `no answer in ${timeoutMs} ms`, retryable: true, retryAfter: undefined };
    return { error: `no connection (${codeOf(error)})`, retryable: true, retryAfter: undefined };
  }
}

const delivered: SendResult = { error: null, retryable: false, retryAfter: undefined };

function basicAuthentication({ username, password }: URL): string {
  const credentials = `${decode(username)}:${decode(password)}`;
  return `Basic ${Buffer.from(credentials).toString('base64')}`;
}

/** A password may hold a percent sign that nobody has encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The code of a failure, such as ECONNREFUSED. Its message would repeat the address. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  // fetch never talks to ports of other protocols, and has no code for that.
  if (cause instanceof Error && cause.message === 'bad port') return 'BAD_PORT';
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^[A-Z][A-Z0-9_]{1,39}$/.test(code) ? code : 'unknown error';
}
