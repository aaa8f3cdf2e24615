/** One entry of the provider's own record of what was done to an instance. Absent fields are null. */
export interface Job {
  readonly id: string;
  readonly instanceId: string;
  /** saveImage, instanceMigrate, autoInstanceMigrate, or a type that is not known yet. */
  readonly type: string | null;
  /** pulling, running, fail, success, break, or a state that is not known yet. */
  readonly state: string | null;
  /** Unix seconds. */
  readonly createdAt: number | null;
  readonly errorMessage: string | null;
}

/** Whether a job has ended, and how. One in a state that is not known yet counts as open. */
export function endOf({ state }: Pick<Job, 'state'>): 'open' | 'succeeded' | 'failed' {
  if (state === 'success') return 'succeeded';
  return state === 'fail' || state === 'break' ? 'failed' : 'open';
}
