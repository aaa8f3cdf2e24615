/** One attempt to tell somebody how a run went. It never changes how the run ends. */
export interface Delivery {
  readonly channel: 'ping' | 'metrics_file' | 'pushgateway' | 'notification';
  readonly delivered: boolean;
  /** How often it was tried. */
  readonly attempts: number;
  /** How many notices it held; null for what is no notification. */
  readonly notices: number | null;
  /** Why it did not get through, without any URL; null when it did. */
  readonly error: string | null;
}
