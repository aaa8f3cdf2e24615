import type { Instance } from '../core/instance.js';
import type { Job } from '../core/job.js';
import type { Listing } from '../core/listing.js';

/** What the commands need of the provider. Every method throws ProviderError, and nothing else that is expected. */
export interface Provider {
  /**
   * @param signal - gives up when it aborts
   * @param onRows - told of the instances of each page as they come; one may come again
   */
  listInstances(
    signal?: AbortSignal,
    onRows?: (rows: readonly Instance[]) => void,
  ): Promise<Listing<Instance>>;
  /** @param signal - gives up when it aborts */
  listJobs(signal?: AbortSignal): Promise<Listing<Job>>;
  /**
   * One instance. Its spot fields may be absent here although the list has them.
   *
   * @param signal - gives up when it aborts
   */
  getInstance(id: string, signal?: AbortSignal): Promise<Instance>;
  /** Sends one migrate request. Resolves when it was accepted; the migration itself goes on. */
  migrateInstance(id: string): Promise<Accepted>;
  /**
   * Sends one request to migrate with the data on the disks. That the provider refuses to keep it is the failure
   * `data_not_kept`, and that it does not know such a request `save_data_unavailable`; neither has any effect.
   */
  migrateKeepingData(id: string): Promise<Accepted>;
  /** Sends one request to start an instance on the node that it has. Resolves when it was accepted. */
  startInstance(id: string): Promise<void>;
}

/** What the provider says of a request that it has taken on. */
export interface Accepted {
  /** Null when it does not say. */
  readonly jobId: string | null;
  /** Whether the data on the disks of the instance stays; null when its answer leaves that open. */
  readonly dataKept: boolean | null;
}
