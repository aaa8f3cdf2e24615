import { createHmac } from 'node:crypto';

export interface SignatureInput {
  /** The same for every attempt to deliver one notification. */
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
  readonly secret: string;
}

/**
 * Signs a notification the way of the Standard Webhooks specification, for which receivers find libraries: HMAC-SHA256
 * over id, time and body, so that neither can be changed and an old one is not taken for new.
 *
 * @param input - a secret that starts with `whsec_` is base64, as the specification has it; any other is taken as it is
 * @returns the headers to send
 */
export function signatureHeaders({
  id,
  timestamp,
  body,
  secret,
}: SignatureInput): Readonly<Record<string, string>> {
  const prefix = 'whsec_';
  const key = secret.startsWith(prefix)
    ? Buffer.from(secret.slice(prefix.length), 'base64')
    : Buffer.from(secret);
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
}
