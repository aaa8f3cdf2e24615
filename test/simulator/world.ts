import type { VirtualClock } from '../support/virtualClock.js';
import type { Random } from './random.js';
import type { Application, InstanceRecord, JobRecord } from './records.js';

/** How this provider behaves where its documentation leaves it open. */
export interface ProviderTraits {
  /** Rows on a page, however many are asked for. */
  readonly pageCap: number;
  readonly total: 'right' | 'text' | 'absent' | 'low' | 'high' | 'of_page';
  readonly repeatsRows: boolean;
  readonly sendsUnreadableRow: boolean;
  /** Whether the job list answers: never in some schedules, and in some not once a request was sent. */
  readonly jobList: 'up' | 'down' | 'down_later';
  readonly jobLagMs: number;
  readonly readLagMs: number;
  /**
   * True: a second request for an instance that is already migrating counts as a second migration, so that the
   * provider's own protection does not hide a double send. False: it is refused.
   */
  readonly isStrict: boolean;
  /** Whether the reclaim time is still there after a migration. */
  readonly keepsReclaimTime: boolean;
  readonly tellsLastStart: boolean;
  /** How far its clock is ahead of the run's. */
  readonly skewMs: number;
  /** How likely it is that an accepted migration fails afterwards. */
  readonly failureRate: number;
  /** What it does when it is asked to keep data. */
  readonly keepsData: 'always' | 'sometimes' | 'never' | 'no_such_request';
  /** What it does when it is asked to start an exited instance. */
  readonly starts: 'always' | 'sometimes' | 'never';
  readonly poolsWithoutRoom: ReadonlySet<string>;
}

/** Everything outside of the program: it lives on when a run is killed. */
export interface World {
  readonly clock: VirtualClock;
  readonly random: Random;
  readonly traits: ProviderTraits;
  readonly instances: InstanceRecord[];
  readonly jobs: JobRecord[];
  /** The provider's own record of the migrations that it took on. */
  readonly applications: Application[];
  /** Up to when the job list shows what happened; it never goes back. */
  jobsShownUntilMs: number;
  readonly note: (text: string) => void;
}

/** Unix seconds by the provider's clock. */
export function providerSeconds({ traits }: World, atMs: number): number {
  return Math.floor((atMs + traits.skewMs) / 1000);
}
