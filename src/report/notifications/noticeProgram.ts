import type { ReportedReclaimNotice } from '../../core/report.js';

/** Which run tells of a notice, and of which account. */
export interface NoticeOrigin {
  readonly runId: string;
  /** Null when it has no name. */
  readonly account: string | null;
}

/**
 * The environment variables that describe a reclaim notice to a program. What is not known is empty. The names are none
 * of novita-spot's own settings, so that the program may well run novita-spot.
 */
export function noticeEnvironment(
  notice: ReportedReclaimNotice,
  { runId, account }: NoticeOrigin,
): Readonly<Record<string, string>> {
  return {
    RECLAIM_NOTICE_INSTANCE_ID: notice.id,
    RECLAIM_NOTICE_INSTANCE_NAME: notice.name,
    RECLAIM_NOTICE_STATUS: notice.status,
    RECLAIM_NOTICE_SPOT_STATUS: notice.spotStatus ?? '',
    RECLAIM_NOTICE_PRODUCT: notice.productName ?? '',
    RECLAIM_NOTICE_CLUSTER: notice.clusterName ?? '',
    RECLAIM_NOTICE_RECLAIM_AT: notice.reclaimAt ?? '',
    RECLAIM_NOTICE_SECONDS_LEFT: notice.secondsLeft === null ? '' : String(notice.secondsLeft),
    RECLAIM_NOTICE_ACCOUNT: account ?? '',
    RECLAIM_NOTICE_RUN_ID: runId,
  };
}

/** The same as one line of JSON, in which what is not known is null. Ends with a line feed. */
export function noticeDocument(notice: ReportedReclaimNotice, { runId, account }: NoticeOrigin): string {
  return `${JSON.stringify({ schemaVersion: 1, source: 'novita-spot', runId, account, ...notice })}\n`;
}
