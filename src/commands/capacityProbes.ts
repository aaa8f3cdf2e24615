import type { Failure } from '../core/failure.js';
import { kindOfFailure, strategies } from '../core/strategies.js';
import type { InstanceResult } from '../core/summary.js';

interface Group {
  readonly probed: Promise<void>;
  readonly open: () => void;
  refusal: Failure | null;
}

/** Sees to it that a pool of nodes without room is asked once in a run, not once for each of its instances. */
export interface CapacityProbes {
  /** Resolves at once for the first of a group, which is its probe, and for the others when the probe has ended. */
  turn(group: string): Promise<void>;
  /** Why nothing more is to be asked of the group; null when it may have room. */
  refusal(group: string): Failure | null;
  /** Must be called for every instance whose turn came; null when its end is not known. */
  ended(group: string, result: InstanceResult | null): void;
}

/** Remembers for the length of a run which groups have been asked, and which refused. */
export function createCapacityProbes(): CapacityProbes {
  const groups = new Map<string, Group>();
  return {
    turn: (name) => {
      const known = groups.get(name);
      if (known) return known.probed;
      groups.set(name, newGroup());
      return Promise.resolve();
    },
    refusal: (name) => groups.get(name)?.refusal ?? null,
    ended: (name, result) => {
      const group = groups.get(name);
      if (!group) return;
      // What came of a start says nothing of the pool.
      const failure = result?.startedInsteadOf ?? result?.failure;
      if (failure && closesGroup(failure)) group.refusal ??= failure;
      group.open();
    },
  };
}

function closesGroup(failure: Failure): boolean {
  return strategies[kindOfFailure(failure)].thisRun === 'leave_group';
}

function newGroup(): Group {
  let open: () => void = () => undefined;
  const probed = new Promise<void>((resolve) => (open = resolve));
  return { probed, open, refusal: null };
}
