/** How many requests a run sent to the API. */
export interface RequestCounts {
  readonly get: number;
  /** Requests to migrate, by POST or, to keep data, by PUT. */
  readonly post: number;
  /** How many of them were sent again after a failure. */
  readonly retries: number;
}

export const noRequests: RequestCounts = { get: 0, post: 0, retries: 0 };
