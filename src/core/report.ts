import type { Delivery } from './delivery.js';
import { exitCodes, exitReasonName, type ExitReason } from './exitCode.js';
import type { Failure } from './failure.js';
import { isoSeconds, isoTime } from './isoTime.js';
import { noPrices, type PriceByInstance } from './price.js';
import type { RequestCounts } from './requestCounts.js';
import type { ReclaimNotice } from './reclaimNotice.js';
import type { FallbackMode } from './fallback.js';
import { reportError, type ReportedError } from './reportedError.js';
import { reportInstance, type ReportedInstance } from './reportedInstance.js';
import type { SaveDataMode } from './saveData.js';
import type { StuckMigration } from './stuckMigration.js';
import type { SettledMigration } from './settled.js';
import type { InstanceResult, Summary } from './summary.js';
import type { AmbiguousTarget } from './targets.js';

/** The machine-readable result of a command. Absent values are null. */
export interface Report {
  readonly schemaVersion: 1;
  readonly command: string | null;
  /** The name of the account; null when it has none. */
  readonly account: string | null;
  readonly runId: string;
  readonly dryRun: boolean;
  /** What was asked of the provider for the data on disks; null when the configuration is not known. */
  readonly saveData: SaveDataMode | null;
  /** What was, or would be, done when no node has room; null when the configuration is not known. */
  readonly fallback: FallbackMode | null;
  /** True when the plan was declined at the prompt; the run then ended as a dry run. */
  readonly declined: boolean;
  /** ISO 8601, UTC; so are the other times. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durationMs: number;
  /** False when instances may be missing from the list. */
  readonly listComplete: boolean;
  /** False when cooldown, attempts and open jobs could not be looked up. */
  readonly jobsAvailable: boolean;
  readonly warnings: readonly string[];
  readonly requests: RequestCounts;
  readonly summary: Summary;
  readonly instances: readonly ReportedInstance[];
  /** Instances in use that the provider has announced to reclaim, the most urgent first. */
  readonly reclaimNotices: readonly ReportedReclaimNotice[];
  /** Migrations that have been under way for too long, the oldest first. */
  readonly stuck: readonly ReportedStuckMigration[];
  /** Ids and names that were asked for and are not in the list. */
  readonly notFound: readonly string[];
  /** Names that were asked for and that several instances carry, so that none of them was considered. */
  readonly ambiguous: readonly ReportedAmbiguousName[];
  /** Migrations of earlier runs that have ended since, each told by one run of a host. */
  readonly settled: readonly ReportedSettled[];
  /** What stopped the run before its time. */
  readonly error: ReportedError | null;
  /** Whom the run told of itself besides its output, and whether it got through. */
  readonly deliveries: readonly Delivery[];
  readonly exitCode: number;
  readonly exitReason: string;
}

export interface ReportedAmbiguousName {
  /** As it was given. */
  readonly target: string;
  /** The ids of the instances that carry the name. */
  readonly candidates: readonly string[];
}

export interface ReportedReclaimNotice {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly spotStatus: string | null;
  readonly productName: string | null;
  readonly clusterName: string | null;
  readonly reclaimAt: string | null;
  /** How long the instance still has, in seconds, from 0; null when the provider does not say. */
  readonly secondsLeft: number | null;
}

export interface ReportedStuckMigration {
  readonly id: string;
  readonly name: string;
  readonly jobId: string | null;
  readonly since: string | null;
  readonly ageSeconds: number;
}

export interface ReportedSettled extends Omit<SettledMigration, 'requestedAt'> {
  readonly requestedAt: string | null;
}

type SameInReport =
  | 'command'
  | 'account'
  | 'runId'
  | 'dryRun'
  | 'saveData'
  | 'fallback'
  | 'listComplete'
  | 'jobsAvailable'
  | 'warnings'
  | 'requests'
  | 'summary'
  | 'notFound'
  | 'deliveries';

export interface ReportInput extends Pick<Report, SameInReport> {
  /** Unix ms. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly declined?: boolean;
  /** Those that the report names. */
  readonly results: readonly InstanceResult[];
  readonly reclaimNotices: readonly ReclaimNotice[];
  readonly stuck: readonly StuckMigration[];
  /** What instances cost, as far as it is known. */
  readonly prices?: PriceByInstance;
  readonly ambiguous: readonly AmbiguousTarget[];
  readonly settled: readonly SettledMigration[];
  readonly failure: Failure | null;
  readonly exitReason: ExitReason;
}

/** Puts what a run found and did into the form that is published. */
export function buildReport(input: ReportInput): Report {
  const { startedAtMs, finishedAtMs, failure, exitReason, results, prices = noPrices, ...rest } = input;
  const { ambiguous, reclaimNotices, stuck, settled, declined = false, ...same } = rest;
  return {
    schemaVersion: 1,
    command: same.command,
    account: same.account,
    runId: same.runId,
    dryRun: same.dryRun,
    saveData: same.saveData,
    fallback: same.fallback,
    declined,
    startedAt: isoTime(startedAtMs),
    finishedAt: isoTime(finishedAtMs),
    durationMs: finishedAtMs - startedAtMs,
    listComplete: same.listComplete,
    jobsAvailable: same.jobsAvailable,
    warnings: same.warnings,
    requests: same.requests,
    summary: same.summary,
    instances: results.map((result) => reportInstance(result, same, prices)),
    reclaimNotices: reclaimNotices.map(reportReclaimNotice),
    stuck: stuck.map(({ instance: { id, name }, jobId, since, ageSeconds }) => ({
      id,
      name,
      jobId,
      since: isoSeconds(since),
      ageSeconds,
    })),
    notFound: same.notFound,
    ambiguous: ambiguous.map(({ target, candidates }) => ({
      target,
      candidates: candidates.map(({ id }) => id),
    })),
    settled: settled.map((each) => ({ ...each, requestedAt: isoSeconds(each.requestedAt) })),
    error: reportError(failure),
    deliveries: same.deliveries,
    exitCode: exitCodes[exitReason],
    exitReason: exitReasonName(exitReason),
  };
}

/** A reclaim notice in the form that is published. */
export function reportReclaimNotice({
  instance,
  reclaimAt,
  secondsLeft,
}: ReclaimNotice): ReportedReclaimNotice {
  return {
    id: instance.id,
    name: instance.name,
    status: instance.status,
    spotStatus: instance.spotStatus,
    productName: instance.productName,
    clusterName: instance.clusterName,
    reclaimAt: isoSeconds(reclaimAt),
    secondsLeft,
  };
}
