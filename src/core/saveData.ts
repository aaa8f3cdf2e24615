import type { Decision } from './eligibility.js';
import type { Failure } from './failure.js';
import type { FallbackMode } from './fallback.js';
import type { Outcome } from './outcome.js';

/**
 * What a run asks of the provider for the data on an instance's disks: nothing, to keep it where it can, or to keep
 * it or leave the instance alone. Weakest first.
 */
export const saveDataModes = ['off', 'try', 'require'] as const;

export type SaveDataMode = (typeof saveDataModes)[number];

/** True when one mode promises less than another. */
export function promisesLess(mode: SaveDataMode, than: SaveDataMode): boolean {
  return saveDataModes.indexOf(mode) < saveDataModes.indexOf(than);
}

export type AfterRefusal = 'migrate_without_data' | 'leave_alone' | 'end';

/**
 * What follows when a migration that keeps data was refused and certainly had no effect. Only the two refusals
 * that are about the data lead to another request: any other would meet that one as well.
 */
export function afterRefusal(mode: SaveDataMode, { code }: Failure): AfterRefusal {
  if (code !== 'data_not_kept' && code !== 'save_data_unavailable') return 'end';
  if (mode === 'try') return 'migrate_without_data';
  // An API that lacks the request altogether is a fault to be mended, not a property of the instance.
  return code === 'data_not_kept' ? 'leave_alone' : 'end';
}

/** The decision about an instance whose data the provider does not keep, where that was required. */
export function withDataNotKept(decision: Decision, failure: Failure): Decision {
  return {
    ...decision,
    verdict: 'skipped',
    reason: 'data_not_kept',
    evidence: { saveData: 'require', answer: failure.message },
  };
}

/** What the data of an instance hangs on. */
export interface DataQuestion {
  readonly decision: Pick<Decision, 'verdict'>;
  readonly outcome: Outcome | null;
  /** What was learnt by migrating it. */
  readonly dataKept?: boolean | null;
}

/**
 * Whether the data on the disks of an instance stays: of one that was brought back, what is known of that; of one
 * that is to be, what the modes promise. Null is for what depends on the provider, or is not known, or is about
 * nothing because the instance is left as it is.
 */
export function dataKept(
  { decision, outcome, dataKept }: DataQuestion,
  mode: SaveDataMode,
  fallback: FallbackMode,
): boolean | null {
  if (decision.verdict !== 'eligible') return null;
  switch (outcome) {
    case 'migrated':
    case 'recovered':
    case 'started':
      return dataKept ?? null;
    case null:
    case 'would_migrate':
    case 'deferred':
      // Whether it will be started is not known, and then whether its node still has its data is not, either.
      return fallback === 'start' ? null : promised[mode];
    default:
      return null;
  }
}

/**
 * What became of the data of an instance that was brought back, to be put after that in a sentence.
 *
 * @param isStart - it was started on its own node
 */
export function describeDataKept(kept: boolean | null, isStart: boolean): string {
  if (kept !== null) return kept ? ', with its data' : ', without the new data on its disks';
  return isStart
    ? '; whether its node still has its data is not known'
    : '; whether its data is kept is not known';
}

const promised: Readonly<Record<SaveDataMode, boolean | null>> = { off: false, try: null, require: true };
