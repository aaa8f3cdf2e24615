import { describeAlternatives } from './alternatives.js';
import { describeDuration } from './duration.js';
import { errorCatalogue } from './errorCatalogue.js';
import { exitReasonName } from './exitCode.js';
import { explain } from './explain.js';
import type { Failure } from './failure.js';
import { nameOf } from './instance.js';
import type { Notice, NoticeType } from './notice.js';
import type { Outcome } from './outcome.js';
import { hasReclaimNotice } from './outages.js';
import { reclaimNoticeOf } from './reclaimNotice.js';
import { reclaimSeconds } from './reclaimTime.js';
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
  if (result.decision.reason === 'excluded') return [];
  return [
    sightingOfReclaimNotice(result, nowSeconds),
    sightingOfReturn(result, nowSeconds),
    sightingOfFailure(result),
    sightingOfQuarantine(result),
  ].filter((sighting) => sighting !== null);
}

function sightingOfReclaimNotice(result: InstanceResult, nowSeconds: number): Sighting | null {
  const { decision } = result;
  if (!hasReclaimNotice(decision)) return null;
  const { reclaimAt, secondsLeft } = reclaimNoticeOf(decision.instance, nowSeconds);
  const when = secondsLeft === null ? 'soon' : `in ${minutes(secondsLeft)}`;
  const text = `${nameOf(decision.instance)} will be reclaimed ${when}: save its work`;
  return {
    notice: { ...noticeOf('reclaim_notice', result), secondsLeft, text },
    isNew: false,
    since: reclaimAt === null ? 0 : reclaimAt - noticeSeconds,
    repeatAfter: reclaimAt === null ? hour : Infinity,
  };
}

/** That it was brought back, or is about to be. */
function sightingOfReturn(result: InstanceResult, nowSeconds: number): Sighting | null {
  const { decision, outcome } = result;
  if (outcome !== 'migrated' && outcome !== 'started' && outcome !== 'recovered') return null;
  const text = `${nameOf(decision.instance)} ${broughtBack(result)}${dataOf(result)}`;
  const type = outcome === 'recovered' ? outcome : 'migrated';
  return {
    notice: { ...noticeOf(type, result), text },
    isNew: true,
    since: nowSeconds,
    repeatAfter: Infinity,
  };
}

function sightingOfFailure(result: InstanceResult): Sighting | null {
  const { decision, outcome, failure } = result;
  if (!unsuccessful.has(outcome) && decision.reason !== 'data_not_kept') return null;
  const verb = outcome === 'unknown' ? `may or may not have been ${asked(result)}` : 'was not migrated';
  const why = failure?.message ?? String(outcome);
  const text = `${nameOf(decision.instance)} ${verb}: ${why}${stockElsewhere(result)}`;
  const notice = noticeOf('failed', result);
  return {
    notice: { ...notice, key: `${notice.key}:${failure?.code ?? String(outcome)}`, text },
    isNew: false,
    since: Math.max(notice.reclaimAt ?? 0, decision.history?.lastSuccessAt ?? 0),
    repeatAfter: day,
  };
}

function sightingOfQuarantine(result: InstanceResult): Sighting | null {
  const { instance, reason, evidence, history } = result.decision;
  if (reason !== 'quarantined') return null;
  const text = `${nameOf(instance)} is quarantined: ${explain(result.decision)}`;
  return {
    notice: { ...noticeOf('quarantined', result), text },
    isNew: false,
    since: Number(evidence['refusedAt'] ?? history?.recentFailures.at(-1)?.createdAt ?? 0),
    repeatAfter: day,
  };
}

/** What all notices of an instance say, each once for a reclaim. */
function noticeOf(type: NoticeType, result: InstanceResult): Omit<Notice, 'text'> {
  const { decision, outcome, failure, alternatives } = result;
  const { id, spotReclaimTime } = decision.instance;
  return {
    type,
    key: `${type}:${id}:${spotReclaimTime ?? ''}`,
    instance: decision.instance,
    reclaimAt: reclaimSeconds(spotReclaimTime),
    secondsLeft: null,
    outcome,
    failure,
    ...(alternatives === undefined ? {} : { alternatives }),
  };
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
