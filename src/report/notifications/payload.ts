import type { Alternative } from '../../core/alternatives.js';
import { nextStepOfNotice, type Notice } from '../../core/notice.js';
import type { Report } from '../../core/report.js';

/** What a notification is made of. */
export interface NotificationInput {
  readonly notices: readonly Notice[];
  readonly report: Report;
}

/** The JSON form of a notification. Absent values are null; times are ISO 8601, UTC. */
export interface NotificationPayload {
  readonly schemaVersion: 1;
  readonly source: 'novita-spot';
  readonly account: string | null;
  readonly runId: string;
  readonly time: string;
  readonly exitCode: number;
  readonly exitReason: string;
  readonly summary: Report['summary'];
  readonly notices: readonly NotifiedNotice[];
}

export interface NotifiedNotice {
  readonly type: Notice['type'];
  readonly text: string;
  readonly instanceId: string | null;
  readonly instanceName: string | null;
  readonly productName: string | null;
  readonly clusterName: string | null;
  readonly reclaimAt: string | null;
  /** Of a reclaim notice: how long the instance still has, in seconds. */
  readonly secondsLeft: number | null;
  readonly outcome: Notice['outcome'];
  readonly error: { readonly code: string; readonly message: string; readonly nextStep: string } | null;
  /** What else has stock where no node has room for the instance; null where nobody asked, or it is not known. */
  readonly alternatives: readonly Alternative[] | null;
}

/** The notification for programs. */
export function notificationPayload({ notices, report }: NotificationInput): NotificationPayload {
  return {
    schemaVersion: 1,
    source: 'novita-spot',
    account: report.account,
    runId: report.runId,
    time: report.finishedAt,
    exitCode: report.exitCode,
    exitReason: report.exitReason,
    summary: report.summary,
    notices: notices.map(notifiedNotice),
  };
}

function notifiedNotice(notice: Notice): NotifiedNotice {
  const { type, text, instance, reclaimAt, secondsLeft, outcome, failure } = notice;
  return {
    type,
    text,
    instanceId: instance?.id ?? null,
    instanceName: instance?.name ?? null,
    productName: instance?.productName ?? null,
    clusterName: instance?.clusterName ?? null,
    reclaimAt: reclaimAt === null ? null : new Date(reclaimAt * 1000).toISOString(),
    secondsLeft,
    outcome,
    error:
      failure === null
        ? null
        : { code: failure.code, message: failure.message, nextStep: nextStepOfNotice(notice) },
    alternatives: notice.alternatives ?? null,
  };
}
