import type { Job } from '../core/job.js';
import { ProviderError } from '../core/providerError.js';
import { stopsTheRun } from '../core/strategies.js';
import type { Provider } from './provider.js';

/** What the job list is read for: to decide, or only to tell how earlier migrations ended. */
export type JobUse = 'to_decide' | 'to_tell_ends' | 'none';

export interface JobReading {
  /** Null when the list was not read or could not be had. */
  readonly jobs: readonly Job[] | null;
  /** False when decisions have to do without. */
  readonly available: boolean;
  readonly warnings: readonly string[];
}

const notRead: JobReading = { jobs: null, available: true, warnings: [] };

/**
 * Reads the job list where somebody needs it. The run goes on when it cannot be had, with a warning.
 *
 * @throws ProviderError when the API refuses the key or account to a run that decides by the list, or such a run has to end
 */
export async function readJobs(provider: Pick<Provider, 'listJobs'>, use: JobUse): Promise<JobReading> {
  if (use === 'none') return notRead;
  try {
    const { rows, warnings } = await provider.listJobs();
    return { jobs: rows, available: true, warnings: use === 'to_decide' ? warnings : [] };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { failure } = error;
    const problem = `The job list could not be read (${failure.message})`;
    if (use === 'to_tell_ends')
      return { ...notRead, warnings: [`${problem}: a later run tells how earlier migrations ended.`] };
    if (stopsTheRun(failure) || failure.category === 'aborted') throw error;
    const unknown = 'open jobs, cooldown and failed migrations are not taken into account in this run.';
    return { jobs: null, available: false, warnings: [`${problem}: ${unknown}`] };
  }
}
