import type { Random } from '../random.js';
import { reclaimed, type SandboxInstance, sandboxInstance } from '../sandboxInstance.js';

const noRoom = { status: 400, reason: 'MIGRATE_INSUFFICIENT_RESOURCE' } as const;

/**
 * An instance whose pool has no room at first: the third request finds some. Beside it one whose pool never has any, one
 * that runs, and one with a reclaim notice. The id of each is its name.
 */
export function capacityScenario(
  random: Random,
  now: number,
): { readonly instances: readonly SandboxInstance[] } {
  const make = (name: string, changes: Partial<SandboxInstance>): SandboxInstance =>
    sandboxInstance(random, now, { id: name, name, ...changes });
  return {
    instances: [
      make('room-later', {
        ...reclaimed(now, 600),
        migrateBehaviour: { kind: 'refused_at_first', times: 2, ...noRoom },
      }),
      make('no-room', {
        ...reclaimed(now, 300),
        cluster: { id: 'eu-full-1', name: 'EU-FULL-1' },
        migrateBehaviour: { kind: 'refused', ...noRoom },
      }),
      make('running', {}),
      make('noticed', { spotStatus: 'notified', spotReclaimTime: now + 3_000 }),
    ],
  };
}
