import type { Instance } from '../core/instance.js';
import type { Outcome } from '../core/outcome.js';

/** What is being done about an instance at the moment. */
export type ProgressState =
  | { readonly kind: 'looking' }
  | { readonly kind: 'sending'; readonly attempt: number }
  | { readonly kind: 'settling' }
  /** Its migration was accepted; null while its job is not listed. */
  | { readonly kind: 'following'; readonly jobState: string | null }
  | { readonly kind: 'waiting_to_send_again'; readonly delayMs: number };

/** Who is told how a run goes on while it migrates, such as a person at a terminal. Nothing here ever throws. */
export interface Progress {
  /**
   * Begins anew, first with what is going to be migrated and then with what is followed.
   *
   * @param total - how many instances that are
   */
  started(total: number): void;
  /** From its first state until it has ended, an instance is in flight. */
  changed(instance: Pick<Instance, 'id' | 'name'>, state: ProgressState): void;
  /** `skipped` stands for one that the provider's answer told to leave alone. */
  ended(instanceId: string, outcome: Outcome | 'skipped'): void;
  /** Nothing new is started from now on; what is in flight goes on. */
  stopping(): void;
  /** Must be called when all is over, however it went. */
  finished(): void;
}

const ignore = (): void => undefined;

/** For runs that nobody watches. */
export const noProgress: Progress = {
  started: ignore,
  changed: ignore,
  ended: ignore,
  stopping: ignore,
  finished: ignore,
};
