import type { Reporting, Webhook } from '../config/reporting.js';
import { type Clock, nowSeconds } from '../core/clock.js';
import type { Delivery } from '../core/delivery.js';
import type { Failure } from '../core/failure.js';
import type { Log } from '../core/log.js';
import { planNotices } from '../core/planNotices.js';
import type { Report } from '../core/report.js';
import type { StuckMigration } from '../core/stuckMigration.js';
import type { InstanceResult } from '../core/summary.js';
import { deliverInTime } from '../report/deliverInTime.js';
import { discordMessage, slackMessage } from '../report/notifications/chat.js';
import { type NotificationInput, notificationPayload } from '../report/notifications/payload.js';
import { signatureHeaders } from '../report/notifications/sign.js';
import type { sendHttp } from '../report/sendHttp.js';
import type { Scrub } from '../runtime/secrets.js';
import { rememberOrWarn } from './rememberOrWarn.js';
import type { RunState } from './runState.js';

/** How long a delivery may take with all its attempts, in ms. */
const notificationLimitMs = 10_000;
const told = 'What was notified of';

export interface NotifyOptions {
  readonly reporting: Pick<Reporting, 'notifyOn'>;
  readonly intervalMinutes: number;
  readonly runId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly scrub: Scrub;
  readonly giveUp: AbortSignal;
  readonly send: typeof sendHttp;
}

export interface NoticedRun {
  readonly report: Report;
  readonly results: readonly InstanceResult[] | null;
  readonly stuck: readonly StuckMigration[];
  readonly failure: Failure | null;
  readonly state: Pick<RunState, 'webhookMemory'>;
}

/**
 * Sends what a run has to tell, if anything, and remembers what was told. Never throws.
 *
 * @returns null when there was nothing to tell
 */
export async function notify(
  webhook: Webhook,
  { report, results, stuck, failure, state }: NoticedRun,
  options: NotifyOptions,
): Promise<Delivery | null> {
  const { clock, giveUp, send, reporting, intervalMinutes } = options;
  const { webhookMemory } = state;
  const { notices, memory, memoryIfUndelivered } = planNotices({
    results: results ?? [],
    stuck,
    settled: report.settled.map((each) => ({
      ...each,
      requestedAt: Math.floor(Date.parse(each.requestedAt ?? report.startedAt) / 1000),
    })),
    failure,
    memory: webhookMemory.earlier,
    wanted: new Set(reporting.notifyOn),
    nowSeconds: nowSeconds(clock),
    startedSeconds: Math.floor(Date.parse(report.startedAt) / 1000),
    intervalSeconds: intervalMinutes * 60,
  });
  if (notices.length === 0) {
    rememberOrWarn(() => webhookMemory.remember(memory), told, options.log);
    return null;
  }
  const sent = await deliverInTime(messageFor(webhook, { notices, report }, options), {
    clock,
    limitMs: notificationLimitMs,
    signal: giveUp,
    send,
  });
  rememberOrWarn(
    () => webhookMemory.remember(sent.delivered ? memory : memoryIfUndelivered),
    told,
    options.log,
  );
  return { channel: 'notification', ...sent, notices: notices.length };
}

function messageFor(webhook: Webhook, input: NotificationInput, { runId, clock, scrub }: NotifyOptions) {
  const content = { json: notificationPayload, slack: slackMessage, discord: discordMessage }[webhook.format];
  const body = scrub(JSON.stringify(content(input)));
  const timestamp = nowSeconds(clock);
  const signature =
    webhook.format === 'json' && webhook.secret !== null
      ? signatureHeaders({ id: runId, timestamp, body, secret: webhook.secret })
      : {};
  const headers = { 'content-type': 'application/json; charset=utf-8', ...signature };
  return { method: 'POST', url: webhook.url, headers, body } as const;
}
