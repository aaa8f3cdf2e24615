import type { Decision, Evidence } from './eligibility.js';
import { errorCatalogue } from './errorCatalogue.js';
import { describeChanges } from './followPlan.js';
import type { Instance } from './instance.js';
import { utcMinute } from './isoTime.js';

/** As much of a decision as its explanation needs. */
export type Explained = Pick<Decision, 'reason' | 'instance' | 'evidence' | 'forcedPast'>;

/**
 * Says in one sentence why an instance was or was not found eligible, and what would change it.
 * Times are UTC, so that the sentence stays true however long it is kept.
 */
export function explain({ reason, instance, evidence, forcedPast }: Explained): string {
  switch (reason) {
    case 'reclaimed':
      return forcedPast.length > 0
        ? `eligible because --force passes over: ${forcedPast.join(', ')}`
        : `reclaimed by the provider at ${reclaimedAt(instance)}`;
    case 'excluded':
      return evidence['variable'] === 'MIGRATION_INCLUDE'
        ? 'not among those of MIGRATION_INCLUDE'
        : `left out by ${text(evidence['pattern'])} in MIGRATION_EXCLUDE`;
    case 'not_exited':
      return `${instance.status === '' ? 'of unknown status' : instance.status}: only an exited instance is migrated`;
    case 'not_reclaimed':
      return 'has no reclaim time: its owner stopped it, or it ended by itself';
    case 'invalid_reclaim_time':
      return `its reclaim time "${instance.spotReclaimTime ?? ''}" is not a time in unix seconds`;
    case 'reclaim_pending':
      return `its reclaim is announced for ${reclaimedAt(instance)}`;
    case 'stale_reclaim':
      return `has run since its reclaim at ${reclaimedAt(instance)} (last start ${utcMinute(instance.lastStartedAt)}): stopped on purpose`;
    case 'migration_in_progress':
      return instance.status === 'migrating'
        ? 'a migration is already under way'
        : `a job of it is open: ${text(evidence['jobType'])} ${text(evidence['jobId'])}, ${text(evidence['jobState'])}`;
    case 'cooldown':
      return `migrated at ${utcMinute(evidence['lastMigratedAt'])}; eligible again at ${utcMinute(evidence['eligibleAgainAt'])}`;
    case 'quarantined':
      if (isRefused(evidence)) {
        return (
          `this host asked to migrate it at ${utcMinute(evidence['refusedAt'])} and was refused for good ` +
          `(${text(evidence['error'])}: ${errorCatalogue.incompatible.message}); migrate it by id with --force to try again`
        );
      }
      return (
        `${failedMigrations(evidence)} within 24 h (limit ${text(evidence['failureLimit'])}), ` +
        `last error: ${text(evidence['lastError'])}; migrate it by id with --force to try again`
      );
    case 'backing_off':
      return `rests after ${failedMigrations(evidence)} since its reclaim; eligible again at ${utcMinute(evidence['eligibleAgainAt'])}`;
    case 'local_data':
      return `has a local volume at ${text(evidence['localVolume'])} whose data a migration does not keep`;
    case 'data_not_kept':
      return `left alone, as MIGRATION_SAVE_DATA is require: ${text(evidence['answer'])}`;
    case 'plan_outdated':
      return `has changed since the plan was made: ${describeChanges(evidence)}; make the plan anew`;
  }
}

function reclaimedAt({ spotReclaimTime }: Instance): string {
  return utcMinute(Number(spotReclaimTime ?? NaN));
}

/** True of a quarantine that is due to a refused request, and not to failed migrations. */
export function isRefused(evidence: Evidence): boolean {
  return evidence['refusedAt'] !== undefined;
}

function failedMigrations({ failedMigrations: count }: Evidence): string {
  return `${text(count)} failed ${count === 1 ? 'migration' : 'migrations'}`;
}

function text(value: string | number | null | undefined): string {
  return value === null || value === undefined || value === '' ? 'unknown' : String(value);
}
