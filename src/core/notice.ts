import type { Alternative } from './alternatives.js';
import type { Failure } from './failure.js';
import type { Instance } from './instance.js';
import { nextStepOf } from './nextStep.js';
import type { Outcome } from './outcome.js';

/** What an operator can be notified of. */
export const noticeTypes = [
  'reclaim_notice',
  'migrated',
  'recovered',
  'failed',
  'quarantined',
  'stuck',
  'run_failed',
] as const;

export type NoticeType = (typeof noticeTypes)[number];

/** One thing that changed and that an operator may want to know at once. */
export interface Notice {
  readonly type: NoticeType;
  /** The same for every sighting of the same thing, so that it is told once. */
  readonly key: string;
  /** Null when it is about the run. */
  readonly instance: Instance | null;
  /** When the instance was or will be reclaimed, in unix seconds; null when that is not known. */
  readonly reclaimAt: number | null;
  /** Of a reclaim notice: how long the instance still has, in seconds, from 0. */
  readonly secondsLeft: number | null;
  readonly outcome: Outcome | null;
  /** What went wrong; null when nothing did. */
  readonly failure: Failure | null;
  /** What else has stock where no node has room for the instance; absent where nobody asked, or it is not known. */
  readonly alternatives?: readonly Alternative[];
  /** What happened, in one sentence. */
  readonly text: string;
}

/** What the operator can do about what went wrong: that of the instance, where it is about one. */
export function nextStepOfNotice({
  instance,
  outcome,
  failure,
}: Pick<Notice, 'instance' | 'outcome' | 'failure'>): string {
  const ofInstance = instance === null ? null : nextStepOf({ outcome, failure }, instance.id);
  return ofInstance ?? failure?.nextStep ?? '';
}
