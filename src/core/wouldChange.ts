import { type Decision, overridableReasons, type Reason, type SkipReason } from './eligibility.js';
import { isRefused } from './explain.js';
import { isoSeconds, utcMinute } from './isoTime.js';
import { hasReclaimNotice } from './outages.js';
import { reclaimSeconds } from './reclaimTime.js';

/**
 * What has to happen before a decision becomes another one: the next run of `migrate` (nothing else), time that passes,
 * the provider (a job ends, or the instance is reclaimed and exits), a setting, --force, the owner, or a new plan.
 */
export const changeKinds = ['migrate', 'time', 'provider', 'setting', 'force', 'owner', 'plan'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What would change the decision about an instance. */
export interface WouldChange {
  readonly by: ChangeKind;
  /** When the reason passes by itself, ISO 8601, UTC; null when it does not, or that is not known. */
  readonly at: string | null;
  /** The variable that has to be changed; null when none would help. */
  readonly variable: string | null;
  /** True when `migrate <id> --force` would take the instance as it is now. */
  readonly force: boolean;
  /** The other reasons that skip it, which stay when this one is gone. */
  readonly otherReasons: readonly SkipReason[];
  /** The same as a sentence for people. */
  readonly message: string;
}

const kinds: Readonly<Record<Reason, ChangeKind>> = {
  reclaimed: 'migrate',
  excluded: 'setting',
  not_exited: 'provider',
  not_reclaimed: 'owner',
  invalid_reclaim_time: 'owner',
  reclaim_pending: 'time',
  stale_reclaim: 'force',
  migration_in_progress: 'provider',
  cooldown: 'time',
  quarantined: 'time',
  backing_off: 'time',
  local_data: 'setting',
  plan_outdated: 'plan',
  data_not_kept: 'setting',
};

/** What an instance is no longer once it has exited after a reclaim. */
const goneByReclaim: ReadonlySet<SkipReason> = new Set(['not_reclaimed', 'reclaim_pending', 'stale_reclaim']);

/** Says what would change a decision, from nothing but the decision. */
export function wouldChange(decision: Decision): WouldChange {
  const { reason, otherReasons } = decision;
  const force = reason !== 'reclaimed' && isOverridable(reason) && otherReasons.every(isOverridable);
  const left = otherReasons.filter(
    (each) => each !== reason && (reason !== 'not_exited' || !goneByReclaim.has(each)),
  );
  const at = endOf(decision);
  return {
    by: kinds[reason],
    at: isoSeconds(at),
    variable: variableOf(decision),
    force,
    otherReasons,
    message: [
      changeOf(decision, at, left.length === 0),
      ...(force ? ['or migrate it now, with --force'] : []),
      ...(left.length > 0 ? [`what is left then: ${left.join(', ')}`] : []),
    ].join('; '),
  };
}

function isOverridable(reason: SkipReason): boolean {
  return overridableReasons.has(reason);
}

/** When the reason passes by itself, in unix seconds; null when it does not, or that is not known. */
function endOf({ reason, evidence, instance }: Decision): number | null {
  if (reason === 'reclaim_pending') return reclaimSeconds(instance.spotReclaimTime);
  const passes = reason === 'cooldown' || reason === 'quarantined' || reason === 'backing_off';
  const at = passes ? evidence['eligibleAgainAt'] : null;
  return typeof at === 'number' ? at : null;
}

function variableOf({ reason, evidence }: Decision): string | null {
  if (reason === 'local_data') return 'MIGRATION_LOCAL_DATA';
  if (reason === 'data_not_kept') return 'MIGRATION_SAVE_DATA';
  return reason === 'excluded' ? String(evidence['variable']) : null;
}

/** @param isAll - nothing else is in the way */
function changeOf({ reason, evidence, instance }: Decision, at: number | null, isAll: boolean): string {
  const eligibleAgain = isAll ? 'eligible again' : 'past this';
  switch (reason) {
    case 'reclaimed':
      return 'nothing to wait for: the next migrate takes it';
    case 'excluded':
      return evidence['variable'] === 'MIGRATION_INCLUDE'
        ? 'add its name or id to MIGRATION_INCLUDE'
        : `take ${String(evidence['pattern'])} out of MIGRATION_EXCLUDE`;
    case 'not_exited':
      return hasReclaimNotice({ instance })
        ? `looked at again once it has exited; its reclaim is announced for ${utcMinute(reclaimSeconds(instance.spotReclaimTime))}`
        : 'looked at again once it was reclaimed and has exited';
    case 'not_reclaimed':
      return 'nothing here: start it yourself to have it back';
    case 'invalid_reclaim_time':
      return 'nothing here: start or migrate it in the Novita console';
    case 'reclaim_pending':
      return `${eligibleAgain} at ${utcMinute(at)}, when the reclaim is due`;
    case 'stale_reclaim':
      return 'start it yourself to have it back';
    case 'migration_in_progress':
      return instance.status === 'migrating'
        ? 'looked at again once the migration has ended'
        : 'looked at again once the job has ended';
    case 'cooldown':
      return `${eligibleAgain} at ${utcMinute(at)}, when the cooldown ends`;
    case 'quarantined': {
      if (isRefused(evidence))
        return `${eligibleAgain} at ${utcMinute(at)}, a day after the refusal, or once it was reclaimed anew`;
      const fewer = `fewer than ${String(evidence['failureLimit'])} of its migrations failed within 24 h`;
      return at === null
        ? `${eligibleAgain} when ${fewer}`
        : `${eligibleAgain} at ${utcMinute(at)}, when ${fewer}`;
    }
    case 'backing_off':
      return `${eligibleAgain} at ${utcMinute(at)}, when its rest ends`;
    case 'local_data':
      return `set MIGRATION_LOCAL_DATA=warn, at the price of what is on ${String(evidence['localVolume'])}`;
    case 'data_not_kept':
      return 'set MIGRATION_SAVE_DATA=try, at the price of the new data on its disks; the next run asks again';
    case 'plan_outdated':
      return 'make the plan anew';
  }
}
