import type { Alternative } from './alternatives.js';
import type { Evidence, Reason, SkipReason, Verdict } from './eligibility.js';
import { explain } from './explain.js';
import type { FallbackMode } from './fallback.js';
import type { LostAgain } from './follow.js';
import { dataAtRisk } from './instance.js';
import { isoSeconds } from './isoTime.js';
import { nextStepOf } from './nextStep.js';
import type { Outcome } from './outcome.js';
import { historyOf, type PastAttempt } from './pastAttempt.js';
import type { PriceByInstance } from './price.js';
import { reclaimSeconds } from './reclaimTime.js';
import { reportError, type ReportedError } from './reportedError.js';
import { dataKept, type SaveDataMode } from './saveData.js';
import type { InstanceResult } from './summary.js';
import { wouldChange, type WouldChange } from './wouldChange.js';

/** One instance in the form that is published. Absent values are null; times are ISO 8601, UTC. */
export interface ReportedInstance {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly spotStatus: string | null;
  /** As the provider sent it. */
  readonly spotReclaimTime: string | null;
  readonly reclaimAt: string | null;
  readonly lastStartedAt: string | null;
  readonly billingMode: string | null;
  readonly productName: string | null;
  readonly clusterName: string | null;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly rule: number;
  readonly explanation: string;
  readonly evidence: Evidence;
  readonly forcedPast: readonly SkipReason[];
  readonly outcome: Outcome | null;
  readonly attempts: number;
  /** Why its migration was refused, where a start on its own node was asked for instead; null where none was. */
  readonly startedInsteadOf: ReportedError | null;
  /** How long its migration was followed; null when it was not. */
  readonly followedSeconds: number | null;
  /** From its migrate request until it was seen running; null when it was not. */
  readonly recoveredAfterSeconds: number | null;
  /** From its reclaim until it was seen running; null when it was not. */
  readonly recoveredAfterReclaimSeconds: number | null;
  /** What became of it before it was seen running; null when nothing of the kind was seen. */
  readonly lostAgain: LostAgain | null;
  readonly dataAtRisk: readonly string[];
  /** Whether that was, or is to be, kept; null when it depends on the provider, is not known, or nothing is done. */
  readonly dataKept: boolean | null;
  /** In USD, while it runs; null when it is not known, and where nobody asked. */
  readonly pricePerHour: number | null;
  readonly error: ReportedError | null;
  /** What else has stock where no node has room for it; null where nobody asked, or it could not be read. */
  readonly alternatives: readonly Alternative[] | null;
  /** What the operator can do about it; null when nothing is left to do. */
  readonly nextStep: string | null;
  /** What would change the decision; null for commands that do not explain it. */
  readonly wouldChange: WouldChange | null;
  /**
   * Its migrations of the last 24 hours and what is open, newest first; null when the job list was not read, and for
   * commands that do not explain.
   */
  readonly history: readonly PastAttempt[] | null;
}

/** The command that tells of the instance, and what it was to do. */
export interface ReportedBy {
  readonly command: string | null;
  readonly saveData: SaveDataMode | null;
  readonly fallback: FallbackMode | null;
}

/** Puts what a run found and did for one instance into the form that is published. */
export function reportInstance(
  result: InstanceResult,
  { command, saveData, fallback }: ReportedBy,
  prices: PriceByInstance,
): ReportedInstance {
  const { decision, outcome, attempts, failure, followed, startedInsteadOf } = result;
  const { instance, verdict, reason, rule, evidence, forcedPast } = decision;
  const isExplained = command === 'check';
  return {
    id: instance.id,
    name: instance.name,
    status: instance.status,
    spotStatus: instance.spotStatus,
    spotReclaimTime: instance.spotReclaimTime,
    reclaimAt: isoSeconds(reclaimSeconds(instance.spotReclaimTime)),
    lastStartedAt: isoSeconds(instance.lastStartedAt),
    billingMode: instance.billingMode,
    productName: instance.productName,
    clusterName: instance.clusterName,
    verdict,
    reason,
    rule,
    explanation: explain(decision),
    evidence,
    forcedPast,
    outcome,
    attempts,
    startedInsteadOf: reportError(startedInsteadOf ?? null),
    followedSeconds: followed?.seconds ?? null,
    recoveredAfterSeconds: followed?.recoveredAfterSeconds ?? null,
    recoveredAfterReclaimSeconds: followed?.recoveredAfterReclaimSeconds ?? null,
    lostAgain: followed?.lostAgain ?? null,
    dataAtRisk: dataAtRisk(instance),
    dataKept: dataKept(result, saveData ?? 'off', fallback ?? 'none'),
    pricePerHour: prices.get(instance.id) ?? null,
    error: reportError(failure),
    alternatives: result.alternatives ?? null,
    nextStep: nextStepOf({ outcome, failure }, instance.id),
    wouldChange: isExplained ? wouldChange(decision) : null,
    history: isExplained ? historyOf(decision) : null,
  };
}
