import { describeAlternatives } from './alternatives.js';
import { describeDuration } from './duration.js';
import { errorCatalogue } from './errorCatalogue.js';
import { exitReasonName } from './exitCode.js';
import { explain } from './explain.js';
import type { Failure } from './failure.js';
import { nameOf } from './instance.js';
import type { Notice } from './notice.js';
import type { Outcome } from './outcome.js';
import { hasReclaimNotice } from './outages.js';
import { reclaimNoticeOf } from './reclaimNotice.js';
import { describeDataKept } from './saveData.js';
import { strategies } from './strategies.js';
import type { StuckMigration } from './stuckMigration.js';
import type { InstanceResult } from './summary.js';

/** How long before a reclaim the provider announces it, in seconds (seen in the console, not documented). */
const noticeSeconds = 3_600;
const hour = 3_600;
const day = 86_400;

/** Something worth telling, whether or not it has been told before. */
export interface Sighting {
  readonly notice: Notice;
  /** True for what this run itself did, which is always news. */
  readonly isNew: boolean;
  /** When it began, in unix seconds, as far as the provider's own times tell. */
  readonly since: number;
  /** Where nothing remembers what was told, it is told again after so many seconds; Infinity for never. */
  readonly repeatAfter: number;
}

const unsuccessful: ReadonlySet<Outcome | null> = new Set<Outcome>([
  'no_capacity',
  'rejected',
  'gone',
  'failed',
  'unknown',
]);

/**
 * What a run saw of one instance that an operator may want to know. That it runs again is not seen here: it takes
 * memory to know that it was awaited.
 *
 * @param nowSeconds - unix seconds
 */
export function sightingsOf(result: InstanceResult, nowSeconds: number): readonly Sighting[] {
  const { decision, outcome, failure } = result;
  const { instance, reason, history, evidence } = decision;
  if (reason === 'excluded') return [];
  const { id, spotReclaimTime } = instance;
  const { reclaimAt, secondsLeft } = reclaimNoticeOf(instance, nowSeconds);
  const reclaim = `${id}:${spotReclaimTime ?? ''}`;
  const name = nameOf(instance);
  const { alternatives } = result;
  const elsewhere = alternatives === undefined ? {} : { alternatives };
  const base = { instance, reclaimAt, secondsLeft: null, outcome, failure, ...elsewhere };

  const sightings: Sighting[] = [];
  if (hasReclaimNotice(decision)) {
    const text = `${name} will be reclaimed ${secondsLeft === null ? 'soon' : `in ${minutes(secondsLeft)}`}: save its work`;
    sightings.push({
      notice: { ...base, type: 'reclaim_notice', key: `reclaim_notice:${reclaim}`, secondsLeft, text },
      isNew: false,
      since: reclaimAt === null ? 0 : reclaimAt - noticeSeconds,
      repeatAfter: reclaimAt === null ? hour : Infinity,
    });
  }
  if (outcome === 'migrated' || outcome === 'started' || outcome === 'recovered') {
    const type = outcome === 'recovered' ? outcome : 'migrated';
    const text = `${name} ${broughtBack(result)}${dataOf(result)}`;
    sightings.push({
      notice: { ...base, type, key: `${type}:${reclaim}`, text },
      isNew: true,
      since: nowSeconds,
      repeatAfter: Infinity,
    });
  }
  if (unsuccessful.has(outcome) || reason === 'data_not_kept') {
    const code = failure?.code ?? String(outcome);
    const verb = outcome === 'unknown' ? `may or may not have been ${asked(result)}` : 'was not migrated';
    const text = `${name} ${verb}: ${failure?.message ?? String(outcome)}${stockElsewhere(result)}`;
    sightings.push({
      notice: { ...base, type: 'failed', key: `failed:${reclaim}:${code}`, text },
      isNew: false,
      since: Math.max(reclaimAt ?? 0, history?.lastSuccessAt ?? 0),
      repeatAfter: day,
    });
  }
  if (reason === 'quarantined') {
    const text = `${name} is quarantined: ${explain(decision)}`;
    sightings.push({
      notice: { ...base, type: 'quarantined', key: `quarantined:${reclaim}`, text },
      isNew: false,
      since: Number(evidence['refusedAt'] ?? history?.recentFailures.at(-1)?.createdAt ?? 0),
      repeatAfter: day,
    });
  }
  return sightings;
}

function asked({ startedInsteadOf }: InstanceResult): string {
  return startedInsteadOf === undefined ? 'migrated' : 'started';
}

function stockElsewhere({ alternatives = [] }: InstanceResult): string {
  return alternatives.length === 0 ? '' : `. Stock elsewhere: ${describeAlternatives(alternatives)}`;
}

function broughtBack({ outcome, startedInsteadOf }: InstanceResult): string {
  if (startedInsteadOf === undefined)
    return outcome === 'recovered' ? 'was migrated and runs again' : 'is being migrated';
  return outcome === 'recovered'
    ? 'was started on its own node and runs again'
    : 'is being started on its own node, as no other has room';
}

function dataOf({ dataKept, startedInsteadOf }: InstanceResult): string {
  return dataKept === undefined ? '' : describeDataKept(dataKept, startedInsteadOf !== undefined);
}

/** That a migration has been under way for too long. */
export function sightingOfStuck({ instance, jobId, since, ageSeconds }: StuckMigration): Sighting {
  const name = nameOf(instance);
  return {
    notice: {
      type: 'stuck',
      key: `stuck:${instance.id}:${jobId ?? since}`,
      instance,
      reclaimAt: null,
      secondsLeft: null,
      outcome: null,
      failure: null,
      text: `${name} has been migrating for ${describeDuration(ageSeconds)}. ${strategies.stuck.told}`,
    },
    isNew: false,
    since,
    repeatAfter: day,
  };
}

/** What ended a run before its time; null for what is no failure, such as a signal. */
export function sightingOfRun(failure: Failure | null): Sighting | null {
  if (failure === null || exitReasonName(errorCatalogue[failure.code].exitReason) === 'interrupted')
    return null;
  return {
    notice: {
      type: 'run_failed',
      key: `run_failed:${failure.code}`,
      instance: null,
      reclaimAt: null,
      secondsLeft: null,
      outcome: null,
      failure,
      text: `The run failed: ${failure.message}`,
    },
    isNew: false,
    since: 0,
    repeatAfter: hour,
  };
}

function minutes(seconds: number): string {
  const whole = Math.floor(seconds / 60);
  return `${whole} ${whole === 1 ? 'minute' : 'minutes'}`;
}
