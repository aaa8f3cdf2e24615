import type { Exclusion } from '../../src/core/decisionTable.js';
import type { Decision, EligibilityPolicy } from '../../src/core/eligibility.js';
import { noEarlierRefusals } from '../../src/core/earlierRefusals.js';
import { decide } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import type { ReportInput } from '../../src/core/report.js';
import { noRequests } from '../../src/core/requestCounts.js';
import { emptySummary, type InstanceResult } from '../../src/core/summary.js';

/** The time that the builders' defaults are relative to, in unix seconds. */
export const now = Date.UTC(2026, 10, 24, 12) / 1000;

/** A spot instance that was reclaimed half an hour ago. */
export function anInstance(changes: Partial<Instance> = {}): Instance {
  return {
    id: 'i-1',
    name: 'training',
    status: 'exited',
    spotStatus: 'terminated',
    spotReclaimTime: String(now - 1800),
    lastStartedAt: null,
    lastStoppedAt: null,
    clusterId: 'cluster-1',
    clusterName: 'US-CA-06',
    productId: 'product-1',
    productName: 'RTX 4090 24GB',
    billingMode: 'spot',
    gpuCount: 1,
    localVolumes: [],
    ...changes,
  };
}

/** A migration that succeeded two days ago. */
export function aJob(changes: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    instanceId: 'i-1',
    type: 'instanceMigrate',
    state: 'success',
    createdAt: now - 2 * 86_400,
    errorMessage: null,
    ...changes,
  };
}

/** What the filters say of an instance that they leave out. */
export const anExclusion: Exclusion = { variable: 'MIGRATION_EXCLUDE', pattern: 'train*' };

/** The policy of the default configuration. */
export function aPolicy(changes: Partial<EligibilityPolicy> = {}): EligibilityPolicy {
  return {
    exclusionOf: () => null,
    earlierRefusals: noEarlierRefusals,
    cooldownMinutes: 60,
    maxAttempts: 5,
    retryFailed: true,
    holdLocalData: false,
    force: false,
    ...changes,
  };
}

/** What the decision table says of an instance. */
export function aDecision(
  changes: Partial<Instance> = {},
  policy: Partial<EligibilityPolicy> = {},
): Decision {
  return decide(anInstance(changes), null, aPolicy(policy), now);
}

/** The result of an instance that was migrated. */
export function aResult(changes: Partial<InstanceResult> = {}): InstanceResult {
  return { decision: aDecision(), outcome: 'migrated', attempts: 1, failure: null, ...changes };
}

/** What a run that found nothing to do reports of itself. */
export function aReportInput(changes: Partial<ReportInput> = {}): ReportInput {
  return {
    command: 'migrate',
    account: null,
    runId: 'run-1',
    dryRun: false,
    saveData: 'off',
    fallback: 'none',
    startedAtMs: now * 1000,
    finishedAtMs: now * 1000 + 1234,
    listComplete: true,
    jobsAvailable: true,
    warnings: [],
    requests: noRequests,
    summary: emptySummary,
    results: [],
    settled: [],
    reclaimNotices: [],
    stuck: [],
    notFound: [],
    ambiguous: [],
    deliveries: [],
    failure: null,
    exitReason: 'ok',
    ...changes,
  };
}
