import { matchingRules, type RuleMatch } from '../../src/core/decisionTable.js';
import { decide, type Decision, type EligibilityPolicy, type Reason } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import { emptyHistory, type MigrationHistory } from '../../src/core/migrationHistory.js';
import { aJob, anInstance, aPolicy, now, anExclusion } from '../support/builders.js';

/** What differs from an eligible instance under the default policy. */
export interface Case {
  readonly instance?: Partial<Instance>;
  readonly history?: Partial<MigrationHistory>;
  readonly policy?: Partial<EligibilityPolicy>;
}

export function decideCase({ instance, history, policy }: Case): Decision {
  return decide(anInstance(instance), { ...emptyHistory, ...history }, aPolicy(policy), now);
}

/** All rows of the table that match. */
export function matchesOf({ instance, history, policy }: Case): readonly RuleMatch[] {
  return matchingRules(anInstance(instance), { ...emptyHistory, ...history }, aPolicy(policy), now);
}

/** Both cases at once; where they contradict each other, the first one holds. */
export function both(first: Case, second: Case): Case {
  return {
    instance: { ...second.instance, ...first.instance },
    history: { ...second.history, ...first.history },
    policy: { ...second.policy, ...first.policy },
  };
}

export const openJob = aJob({ state: 'running' });
export const failures = (count: number): readonly Job[] =>
  Array.from({ length: count }, () => aJob({ state: 'fail' }));
export const localVolumes = [{ mountPath: '/workspace' }];
export const excluded: Partial<EligibilityPolicy> = { exclusionOf: () => anExclusion };
export const hold: Partial<EligibilityPolicy> = { holdLocalData: true };

/** One case for each row of the table, in its order, that matches this row and no other. */
export const rows: readonly (readonly [rule: number, Reason, Case])[] = [
  [1, 'excluded', { policy: excluded }],
  [2, 'not_exited', { instance: { status: 'running' } }],
  [3, 'not_reclaimed', { instance: { spotReclaimTime: '0' } }],
  [4, 'invalid_reclaim_time', { instance: { spotReclaimTime: 'soon' } }],
  [5, 'reclaim_pending', { instance: { spotReclaimTime: String(now + 3600) } }],
  [6, 'stale_reclaim', { instance: { lastStartedAt: now - 60 } }],
  [7, 'migration_in_progress', { history: { openJob } }],
  [8, 'cooldown', { history: { lastSuccessAt: now - 600 } }],
  [9, 'quarantined', { history: { recentFailures: failures(5) } }],
  [10, 'local_data', { instance: { localVolumes }, policy: hold }],
  [11, 'reclaimed', {}],
];
