/** One attempt to tell somebody how a run went. It never changes how the run ends. */
export interface Delivery {
  readonly channel: 'ping' | 'metrics_file' | 'pushgateway' | 'notification' | 'on_notice';
  readonly delivered: boolean;
  /** How often it was tried: 0 when it could not even be. */
  readonly attempts: number;
  /** How many notices it was about; null for what is about the run. */
  readonly notices: number | null;
  /** Why it did not get through, without any URL; null when it did. */
  readonly error: string | null;
}
