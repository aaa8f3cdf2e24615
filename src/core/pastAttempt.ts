import type { Decision } from './eligibility.js';
import { isoSeconds } from './isoTime.js';
import type { Job } from './job.js';

/** A job of the provider's list, in a report. Absent values are null. */
export interface PastAttempt {
  readonly jobId: string;
  readonly type: string | null;
  readonly state: string | null;
  /** When it began, ISO 8601, UTC. */
  readonly at: string | null;
  readonly error: string | null;
}

/** What was tried with an instance lately, newest first; null when the job list was not read. */
export function historyOf({ history }: Decision): readonly PastAttempt[] | null {
  return history?.recentJobs.map(reportAttempt) ?? null;
}

function reportAttempt({ id, type, state, createdAt, errorMessage }: Job): PastAttempt {
  return { jobId: id, type, state, at: isoSeconds(createdAt), error: errorMessage };
}
