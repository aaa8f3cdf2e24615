import type { Refusal } from './world.js';

/** What the server does with a request. */
export interface Reply {
  readonly status: number;
  readonly body: string;
  readonly contentType: 'application/json' | 'text/html';
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
  /** Ends the connection: without an answer, or in the middle of it. */
  readonly breakOff?: 'before_answer' | 'within_answer';
}

export function jsonReply(value: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(value), contentType: 'application/json' };
}

/** An error as the API words it. */
export function errorReply({ status, reason, message }: Refusal): Reply {
  return jsonReply({ code: status, reason, message, metadata: {} }, status);
}
