import type { Delivery } from '../core/delivery.js';
import type { Report } from '../core/report.js';
import type { Scrub } from '../runtime/secrets.js';
import type { sendHttp } from '../report/sendHttp.js';

/** How long a ping may take, in ms. */
const pingLimitMs = 5_000;

export interface PingerOptions {
  readonly runId: string;
  readonly scrub: Scrub;
  readonly send: typeof sendHttp;
  readonly giveUp: AbortSignal;
}

/** Pings a dead-man's switch, which raises the alarm when the pings stop. */
export interface Pinger {
  start(): void;
  end(report: Report): Promise<Delivery>;
}

/**
 * @param url - paths are added to it as healthchecks.io and others have them: `/start`, and the exit code at the end;
 *   `rid` ties the two together
 */
export function createPinger(url: string, { runId, scrub, send, giveUp }: PingerOptions): Pinger {
  const ping = (path: string, body: string) =>
    send({
      method: 'POST',
      url: addressOf(url, path, runId),
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
      timeoutMs: pingLimitMs,
      signal: giveUp,
    });
  let started: Promise<unknown> = Promise.resolve();
  return {
    // The run does not wait for it.
    start: () => void (started = ping('start', '')),
    end: async (report) => {
      // Out of order, the run would seem to go on for ever.
      await started;
      const { error } = await ping(String(report.exitCode), scrub(pingText(report)));
      return { channel: 'ping', delivered: error === null, attempts: 1, notices: null, error };
    },
  };
}

function addressOf(url: string, path: string, runId: string): string {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/${path}`;
  // Some take wishes there, such as to create a check that does not exist yet.
  address.searchParams.set('rid', runId);
  return address.href;
}

/** What stands beside the ping for whoever looks at it: the counts, and what went wrong. */
function pingText({ account, exitCode, exitReason, durationMs, summary, error, runId }: Report): string {
  const counts = Object.entries(summary as unknown as Record<string, number>);
  return [
    ...(account === null ? [] : [`account: ${account}`]),
    `run: ${runId}`,
    `exit code: ${exitCode} (${exitReason})`,
    `duration: ${durationMs} ms`,
    ...counts.map(([name, count]) => `${name}: ${count}`),
    ...(error === null ? [] : [`error: ${error.code}: ${error.message}`]),
    '',
  ].join('\n');
}
