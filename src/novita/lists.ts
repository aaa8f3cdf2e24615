import type { Instance } from '../core/instance.js';
import type { Job } from '../core/job.js';
import type { Listing } from '../core/listing.js';
import { ProviderError } from '../core/providerError.js';
import { asListError, instancesPath, isOfAnotherApi, wrongAddress } from './listErrors.js';
import { createPageWindow } from './pageWindow.js';
import { pageSize, readList } from './pages.js';
import type { Read } from './reader.js';
import { parseInstance, parseInstancesPage, parseJob, parseJobsPage, type RawPage } from './schemas.js';
import { createTextSharing } from './sharedTexts.js';

export interface ListsOptions {
  readonly read: Read;
  readonly url: (path: string, query: Readonly<Record<string, string>>) => URL;
  /** Pages of all lists that may be on their way at once. */
  readonly pageConcurrency: number;
  /** Resolves when what can be sent is. */
  readonly afterSending: () => Promise<void>;
}

/** The lists of the API, each read to its end. Every method throws ProviderError. */
export interface Lists {
  /**
   * @param signal - gives up when it aborts
   * @param onRows - told of the instances of each page as they come; one may come again
   */
  instances(signal: AbortSignal, onRows?: (rows: readonly Instance[]) => void): Promise<Listing<Instance>>;
  /** @param signal - gives up when it aborts */
  jobs(signal: AbortSignal): Promise<Listing<Job>>;
}

/** Reads the lists of the API through one window of requests. */
export function createLists({ read, url, pageConcurrency, afterSending }: ListsOptions): Lists {
  const window = createPageWindow(pageConcurrency);

  const pageReader =
    (path: string, parse: (body: unknown) => RawPage | null) =>
    async (number: number, signal: AbortSignal): Promise<RawPage> => {
      const address = url(path, { pageSize: String(pageSize), pageNum: String(number) });
      const isFirst = path === instancesPath && number === 1;
      const parsePage = (body: unknown): RawPage | null => {
        if (isFirst && isOfAnotherApi(body)) throw wrongAddress(address);
        return parse(body);
      };
      try {
        return await read(address, parsePage, signal, window);
      } catch (error) {
        throw error instanceof ProviderError ? asListError(error, isFirst) : error;
      }
    };

  return {
    instances: (signal, onRows) => {
      const share = createTextSharing();
      return readList({
        name: 'instances',
        readPage: pageReader(instancesPath, parseInstancesPage),
        parseRow: (row) => parseInstance(row, share),
        idOf: ({ id }) => id,
        onRows,
        concurrency: pageConcurrency,
        afterSending,
        signal,
        doubtsTotal: false,
      });
    },
    jobs: (signal) =>
      readList({
        name: 'jobs',
        readPage: pageReader('/jobs', parseJobsPage),
        parseRow: parseJob,
        // A job without an id of its own is told apart by what it says.
        idOf: (job) => (job.id === '' ? JSON.stringify(job) : job.id),
        concurrency: pageConcurrency,
        afterSending,
        signal,
        // A job that nobody saw may be a migration that is under way.
        doubtsTotal: true,
      }),
  };
}
