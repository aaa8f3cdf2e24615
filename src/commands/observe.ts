import { type Clock, nowSeconds } from '../core/clock.js';
import { decide, type Decision, type EligibilityPolicy } from '../core/eligibility.js';
import { idWithName, type Instance } from '../core/instance.js';
import type { Job } from '../core/job.js';
import type { Log } from '../core/log.js';
import { emptyHistory, historyByInstance } from '../core/migrationHistory.js';
import { describeDuration } from '../core/duration.js';
import { strategies } from '../core/strategies.js';
import { type StuckMigration, stuckMigrationsOf } from '../core/stuckMigration.js';
import { type AmbiguousTarget, resolveTargets } from '../core/targets.js';
import type { Provider } from './provider.js';
import { type JobUse, readJobs } from './readJobs.js';

/** The account as the provider describes it, and what was decided about each instance. */
export interface Observation extends ObservationFacts {
  readonly decisions: readonly Decision[];
  /** When the list was asked for, in unix ms. */
  readonly listedAtMs: number;
  /** What could be read of the job list, which is read only where somebody needs it. */
  readonly jobs: readonly Job[];
  /** How many instances were listed, considered or not. */
  readonly accountSize: number;
}

/** How well the account could be observed. */
export interface ObservationFacts {
  /** False when the account was not looked at, or its list could not be read. */
  readonly observed: boolean;
  /** Ids and names that were asked for and are not in the list. */
  readonly notFound: readonly string[];
  readonly ambiguous: readonly AmbiguousTarget[];
  /** Of what is not in the list, the name that may have been meant. */
  readonly suggestions: ReadonlyMap<string, string>;
  readonly listComplete: boolean;
  readonly jobsAvailable: boolean;
  /** Migrations that have been under way for too long, the oldest first. */
  readonly stuck: readonly StuckMigration[];
  readonly warnings: readonly string[];
}

export interface ObserveInput {
  readonly provider: Pick<Provider, 'listInstances' | 'listJobs'>;
  readonly policy: EligibilityPolicy;
  /** How long a migration may take before it counts as stuck. */
  readonly stuckMinutes: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Consider only the instances of these ids and names; all when empty. */
  readonly targets: readonly string[];
  /** The known word that a mistyped one was probably meant to be; null when none is near. */
  readonly nearest: (word: string, known: readonly string[]) => string | null;
  /** Reads the job list for the targets also where it could rule nothing out, to tell what happened before. */
  readonly wantsHistory: boolean;
  /** Reads it also where it could rule nothing out, to tell how earlier migrations ended. */
  readonly awaitsEnds?: boolean;
}

/**
 * Lists every instance and decides about it, as of the time at which the list was asked for. The job list is read only
 * when an instance is left that it could still rule out, or when somebody wants to know of earlier migrations; without it
 * the decision stands on the instance list alone. It is read last, so that it shows what others have begun meanwhile.
 *
 * @throws ProviderError when the instance list cannot be read whole, or the API refuses the key or account
 */
export async function observe(input: ObserveInput): Promise<Observation> {
  const { provider, policy, clock, log, targets } = input;
  const listedAtMs = clock.now();
  const now = nowSeconds(clock);
  // A whole account is decided about while other pages are on their way; of a few that are named, at the end.
  const early = new Map<Instance, Decision>();
  const decideEarly = (rows: readonly Instance[]): void => {
    for (const instance of rows) early.set(instance, decide(instance, null, policy, now));
  };
  const listing = await provider.listInstances(undefined, targets.length === 0 ? decideEarly : undefined);
  const resolved = resolveTargets(targets, listing.rows, listing.complete);
  const considered = targets.length === 0 ? listing.rows : resolved.instances;

  const withoutJobs = considered.map(
    (instance) => early.get(instance) ?? decide(instance, null, policy, now),
  );
  const jobs = await readJobs(provider, jobUseOf(withoutJobs, input));
  const decisions = jobs.jobs === null ? withoutJobs : withHistory(withoutJobs, jobs.jobs, policy, now);

  const warnings = [...listing.warnings, ...jobs.warnings, ...invalidTimeWarnings(decisions)];
  for (const warning of warnings) log.warn('observation_warning', warning);
  const stuck = stuckMigrationsOf(decisions, now, input.stuckMinutes * 60);
  logStuck(stuck, log);
  return {
    observed: true,
    decisions,
    notFound: resolved.notFound,
    ambiguous: resolved.ambiguous,
    suggestions: suggestionsFor(resolved.notFound, listing.rows, input),
    listComplete: listing.complete,
    jobsAvailable: jobs.available,
    stuck,
    warnings,
    listedAtMs,
    jobs: jobs.jobs ?? [],
    accountSize: listing.rows.length,
  };
}

function withHistory(
  decisions: readonly Decision[],
  jobs: readonly Job[],
  policy: EligibilityPolicy,
  now: number,
): readonly Decision[] {
  const histories = historyByInstance(jobs, now);
  return decisions.map((decision) => {
    const history = histories.get(decision.instance.id);
    return history === undefined
      ? { ...decision, history: emptyHistory }
      : decide(decision.instance, history, policy, now);
  });
}

function logStuck(stuck: readonly StuckMigration[], log: Log): void {
  for (const { instance, jobId, ageSeconds } of stuck) {
    log.warn(
      'migration_stuck',
      `${idWithName(instance)} has been migrating for ${describeDuration(ageSeconds)}: ${strategies.stuck.told}`,
      { instanceId: instance.id, jobId, ageSeconds },
    );
  }
}

function jobUseOf(decisions: readonly Decision[], input: ObserveInput): JobUse {
  if (decisions.some((decision) => needsJobs(decision, input))) return 'to_decide';
  return input.awaitsEnds === true ? 'to_tell_ends' : 'none';
}

/**
 * True for an instance that may be eligible, or about which the list may know better; for one that migrates, to know for
 * how long it has; and for a target whose history is wanted.
 */
function needsJobs(
  { verdict, reason, instance }: Decision,
  { wantsHistory, targets }: ObserveInput,
): boolean {
  // Without the list, an instance is in quarantine for nothing but what this host remembers of it.
  if (verdict === 'eligible' || reason === 'quarantined' || instance.status === 'migrating') return true;
  return wantsHistory && targets.length > 0;
}

function suggestionsFor(
  notFound: readonly string[],
  instances: readonly Instance[],
  { nearest }: ObserveInput,
): ReadonlyMap<string, string> {
  if (notFound.length === 0) return new Map();
  const names = [...new Set(instances.map(({ name }) => name))].filter((name) => name !== '');
  const found = notFound.map((target) => [target, nearest(target, names)] as const);
  return new Map(found.filter((entry): entry is [string, string] => entry[1] !== null));
}

function invalidTimeWarnings(decisions: readonly Decision[]): readonly string[] {
  return decisions
    .filter(({ reason }) => reason === 'invalid_reclaim_time')
    .map(
      ({ instance }) =>
        `Instance ${instance.id} has a reclaim time that is no time: ${instance.spotReclaimTime ?? ''}`,
    );
}
