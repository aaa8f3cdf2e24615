import { nameOrId } from './instance.js';
import { hasReclaimNotice } from './outages.js';
import type { PastAttempt } from './pastAttempt.js';
import type { Report } from './report.js';
import type { ReportedInstance } from './reportedInstance.js';
import type { HealthState } from './runHealth.js';

/** What a monitoring system is told of, the most urgent first, and how bad each is. */
export const findingStates = {
  quarantined: 'critical',
  overdue: 'critical',
  eligible: 'warning',
  held: 'warning',
  cooldown: 'warning',
  backing_off: 'warning',
  stuck: 'warning',
  reclaim_notice: 'warning',
  invalid_reclaim_time: 'warning',
  list_incomplete: 'warning',
  jobs_unknown: 'warning',
} as const satisfies Readonly<Record<string, HealthState>>;

export type FindingKind = keyof typeof findingStates;

export interface Finding {
  readonly kind: FindingKind;
  /** Of the instances that it is about; none for what is about a list. */
  readonly names: readonly string[];
  /** For how long the longest of them, or in how long the soonest; null where that says nothing. */
  readonly seconds: number | null;
}

/** How an account is, as seen from its instances. */
export interface AccountHealth {
  readonly account: string | null;
  readonly state: HealthState;
  /** The most urgent first. */
  readonly findings: readonly Finding[];
  /** Why nothing can be said; null when something can. */
  readonly problem: string | null;
  readonly instances: number;
  readonly exited: number;
  /** Those that are being migrated in good time. */
  readonly inProgress: number;
}

export interface HealthLimits {
  /** Unix seconds. */
  readonly nowSeconds: number;
  /** How long after its reclaim an instance has to be on its way back. */
  readonly limitSeconds: number;
  readonly cooldownSeconds: number;
}

/**
 * Judges an account by the report of a check. Critical is what should have been mended by now or what no run mends by
 * itself, and a warning is what the next run mends or what somebody should know in time.
 */
export function judgeAccount(report: Report, limits: HealthLimits): AccountHealth {
  const { account, summary, listComplete, jobsAvailable } = report;
  const stuckFor = new Map(report.stuck.map(({ id, ageSeconds }) => [id, ageSeconds]));
  const kinds = report.instances.map((instance) => [kindOf(instance, stuckFor, limits), instance] as const);
  const lists: readonly (readonly [FindingKind, boolean])[] = [
    ['list_incomplete', !listComplete],
    ['jobs_unknown', !jobsAvailable],
  ];
  const problem = problemOf(report);
  const order = Object.keys(findingStates) as FindingKind[];
  const findings = order.flatMap((kind) => {
    const concerned = kinds.flatMap(([each, instance]) => (each === kind ? [instance] : []));
    const isFound = concerned.length > 0 || lists.some(([each, applies]) => each === kind && applies);
    return isFound ? [findingOf(kind, concerned, stuckFor, limits)] : [];
  });
  const states = findings.map(({ kind }) => findingStates[kind]);
  const worst = states.includes('critical') ? 'critical' : states.length > 0 ? 'warning' : 'healthy';
  return {
    account,
    state: problem === null ? worst : 'unknown',
    findings: problem === null ? findings : [],
    problem,
    instances: summary.total,
    exited: summary.exited,
    inProgress: kinds.filter(([kind]) => kind === 'in_progress').length,
  };
}

function problemOf({ error, notFound, ambiguous }: Report): string | null {
  if (error !== null) return `${error.message} (${error.code})`;
  const unresolved = [
    ...(notFound.length > 0 ? [`not in the list of this account: ${notFound.join(', ')}`] : []),
    ...ambiguous.map(({ target }) => `${target} is the name of several instances`),
  ];
  return unresolved.length === 0 ? null : unresolved.join('; ');
}

/** How long migrations have been under way that count as stuck, in seconds, by the id of the instance. */
type StuckFor = ReadonlyMap<string, number>;

/** What is to be said of an instance; null when nothing is. */
function kindOf(
  instance: ReportedInstance,
  stuckFor: StuckFor,
  limits: HealthLimits,
): FindingKind | 'in_progress' | null {
  switch (instance.reason) {
    case 'quarantined':
    case 'cooldown':
    case 'invalid_reclaim_time':
      return instance.reason;
    case 'reclaimed':
      return isOverdue(instance, limits) ? 'overdue' : 'eligible';
    case 'backing_off':
      return isOverdue(instance, limits) ? 'overdue' : 'backing_off';
    case 'local_data':
      return isOverdue(instance, limits) ? 'overdue' : 'held';
    case 'migration_in_progress':
      return stuckFor.has(instance.id) ? 'stuck' : 'in_progress';
    case 'not_exited':
      return hasReclaimNotice({ instance }) ? 'reclaim_notice' : null;
    default:
      return null;
  }
}

/** After a cooldown, the next run has its time like after a reclaim. */
function isOverdue(
  instance: ReportedInstance,
  { nowSeconds, limitSeconds, cooldownSeconds }: HealthLimits,
): boolean {
  const rested = (instance.history ?? [])
    .filter(({ state }) => state === 'success')
    .map((attempt) => secondsOf(attempt) + cooldownSeconds);
  const dueSince = Math.max(nowSeconds - secondsDown(instance, nowSeconds), ...rested);
  return nowSeconds - dueSince > limitSeconds;
}

function findingOf(
  kind: FindingKind,
  instances: readonly ReportedInstance[],
  stuckFor: StuckFor,
  limits: HealthLimits,
): Finding {
  const names = instances.map(nameOrId);
  const longest = (measure: (instance: ReportedInstance) => number): number =>
    Math.max(...instances.map(measure));
  switch (kind) {
    case 'quarantined':
    case 'overdue':
    case 'eligible':
    case 'held':
    case 'backing_off':
      return { kind, names, seconds: longest((instance) => secondsDown(instance, limits.nowSeconds)) };
    case 'stuck':
      return { kind, names, seconds: longest(({ id }) => stuckFor.get(id) ?? 0) };
    case 'reclaim_notice':
      return { kind, names, seconds: soonestReclaim(instances, limits.nowSeconds) };
    default:
      return { kind, names, seconds: null };
  }
}

/** How long ago the instance was reclaimed; 0 when that lies ahead or is not known. */
function secondsDown({ reclaimAt }: ReportedInstance, nowSeconds: number): number {
  return reclaimAt === null ? 0 : Math.max(0, nowSeconds - Date.parse(reclaimAt) / 1000);
}

/** Null when no time is known. It may have passed while the provider is still reclaiming. */
function soonestReclaim(instances: readonly ReportedInstance[], nowSeconds: number): number | null {
  const times = instances.flatMap(({ reclaimAt }) =>
    reclaimAt === null ? [] : [Date.parse(reclaimAt) / 1000],
  );
  return times.length === 0 ? null : Math.max(0, Math.min(...times) - nowSeconds);
}

/** Unix seconds; -Infinity when the provider does not say. */
function secondsOf({ at }: PastAttempt): number {
  return at === null ? -Infinity : Date.parse(at) / 1000;
}
