import type { ErrorCategory } from './errorCatalogue.js';
import type { Failure } from './failure.js';

/** What a migration that did not work comes down to. */
export type FailureKind =
  | 'no_capacity'
  | 'state_conflict'
  | 'transient'
  | 'account'
  | 'blocked'
  | 'incompatible'
  | 'gone'
  | 'data_not_kept'
  | 'job_failed'
  | 'stuck'
  | 'run_ended'
  | 'bug';

/** What is done about a kind of failure. */
export interface Strategy {
  /**
   * `leave` the instance for this run; `leave_group`: ask nothing more of its product and cluster either; `stop` the
   * whole run; `send_again` within this run, when the request certainly had no effect.
   */
  readonly thisRun: 'leave' | 'leave_group' | 'stop' | 'send_again';
  /**
   * `try_again` each time; `rest`: not before a delay that grows with each failed migration in the job list; `watch`:
   * only look; `leave` the instance alone.
   */
  readonly nextRuns: 'try_again' | 'rest' | 'watch' | 'leave';
  /** When nothing is tried any more until an operator says so. */
  readonly givenUp: 'never' | 'at_attempt_limit' | 'at_once';
  /** What the operator is told. */
  readonly told: string;
}

/** What is done about each kind of failure. Nothing is ever deleted or created anew. */
export const strategies = {
  no_capacity: {
    thisRun: 'leave_group',
    nextRuns: 'rest',
    givenUp: 'at_attempt_limit',
    told: 'No node of the product has room; later runs try again, less and less often while jobs fail for it.',
  },
  state_conflict: {
    thisRun: 'leave',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'Something else goes on with the instance; the next run looks again.',
  },
  transient: {
    thisRun: 'send_again',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'The API or the network failed; the next run tries again.',
  },
  account: {
    thisRun: 'stop',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'The key, account or balance does not allow it: nothing can be migrated until that is put right.',
  },
  blocked: {
    thisRun: 'stop',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'Something on the way to the API refuses every request: look at proxies and firewalls.',
  },
  incompatible: {
    thisRun: 'leave',
    nextRuns: 'leave',
    givenUp: 'at_once',
    told: 'The instance cannot be migrated as it is: look at it in the Novita console.',
  },
  gone: {
    thisRun: 'leave',
    nextRuns: 'leave',
    givenUp: 'at_once',
    told: 'The instance does not exist any more.',
  },
  data_not_kept: {
    thisRun: 'leave',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'The data on the disks would not be kept, which is required; the next run asks again.',
  },
  job_failed: {
    thisRun: 'leave',
    nextRuns: 'rest',
    givenUp: 'at_attempt_limit',
    told: 'The migration was accepted and failed afterwards; later runs try again, less and less often.',
  },
  stuck: {
    thisRun: 'leave',
    nextRuns: 'watch',
    givenUp: 'never',
    told: 'The migration has been under way for too long: ask Novita support. Nothing is started beside it.',
  },
  run_ended: {
    thisRun: 'leave',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'The run ended first; the next one goes on.',
  },
  bug: {
    thisRun: 'stop',
    nextRuns: 'try_again',
    givenUp: 'never',
    told: 'A bug in novita-spot: please report it.',
  },
} as const satisfies Readonly<Record<FailureKind, Strategy>>;

const kindOfCategory: Readonly<Record<ErrorCategory, FailureKind>> = {
  capacity: 'no_capacity',
  conflict: 'state_conflict',
  auth: 'account',
  account: 'account',
  permanent: 'incompatible',
  migration: 'job_failed',
  rate_limit: 'transient',
  server: 'transient',
  network: 'transient',
  timeout: 'transient',
  protocol: 'transient',
  aborted: 'run_ended',
  internal: 'bug',
  usage: 'run_ended',
  config: 'run_ended',
  state: 'run_ended',
  output: 'run_ended',
};

/** The kind of failure that a migrate request ended with. */
export function kindOfFailure({
  code,
  category,
  status,
}: Pick<Failure, 'code' | 'category' | 'status'>): FailureKind {
  if (code === 'instance_gone') return 'gone';
  if (code === 'data_not_kept' || code === 'save_data_unavailable') return 'data_not_kept';
  const isForbiddenByPage = code === 'web_page_answer' && status === 403;
  return code === 'proxy_in_the_way' || isForbiddenByPage ? 'blocked' : kindOfCategory[category];
}

const capacityWords =
  /INSUFFICIENT_RESOURCE|CLUSTER_STATUS|NODE_STATUS|insufficient|capacity|no (free|available)|sold out/i;
const incompatibleWords = /UNSUPPORTED_BILLING_MODE|CUDA_VERSION_INCOMPATIBLE|incompatible/i;

/**
 * The kind of failure that an accepted migration ended with, by the error of its job. What these errors say is not
 * documented, so this reads the API's own reasons and common words, and anything else is just a failed job.
 */
export function kindOfJobError(errorMessage: string | null): 'no_capacity' | 'incompatible' | 'job_failed' {
  if (incompatibleWords.test(errorMessage ?? '')) return 'incompatible';
  return capacityWords.test(errorMessage ?? '') ? 'no_capacity' : 'job_failed';
}

/** True for a failure after which no other request of this run can succeed. */
export function stopsTheRun(failure: Failure): boolean {
  return strategies[kindOfFailure(failure)].thisRun === 'stop';
}

const firstRestSeconds = 10 * 60;
const longestRestSeconds = 4 * 60 * 60;

/**
 * How long an instance rests after migrations of it have failed in a row, in seconds: ten minutes after the first,
 * twice as long after each further one, four hours at most.
 */
export function restAfterFailures(failures: number): number {
  return failures === 0 ? 0 : Math.min(firstRestSeconds * 2 ** (failures - 1), longestRestSeconds);
}
