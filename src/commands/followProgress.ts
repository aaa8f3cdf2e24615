import { type FollowState, isOver } from '../core/follow.js';
import type { Instance } from '../core/instance.js';
import type { Outcome } from '../core/outcome.js';
import type { Progress, ProgressState } from './progress.js';

/** Shows to whoever watches that instances are followed, for as long as the work goes on. */
export async function watched<Value>(
  instances: readonly Instance[],
  progress: Progress,
  work: () => Promise<Value>,
): Promise<Value> {
  progress.started(instances.length);
  for (const instance of instances) progress.changed(instance, following(null));
  try {
    return await work();
  } finally {
    progress.finished();
  }
}

/** Shows how far the migration of an instance has come. */
export function showFollowed(instance: Instance, state: FollowState, progress: Progress): void {
  if (isOver(state)) progress.ended(instance.id, outcomeOf(state));
  else progress.changed(instance, following(state.kind === 'open' ? state.jobState : state.kind));
}

function following(jobState: string | null): ProgressState {
  return { kind: 'following', jobState };
}

function outcomeOf({ kind }: FollowState): Outcome {
  if (kind === 'recovered') return 'recovered';
  return kind === 'failed' ? 'failed' : 'migrated';
}
