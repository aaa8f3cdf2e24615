/** What the provider knows of one instance at one time. */
export interface InstanceState {
  readonly status: string;
  readonly spotStatus: string;
  /** As it is sent: "0" when no reclaim has started. */
  readonly spotReclaimTime: string;
  /** Unix seconds by the provider's clock; 0 for never. */
  readonly lastStartedAt: number;
  readonly exists: boolean;
}

interface Dated<Value> {
  readonly atMs: number;
  readonly value: Value;
}

/** One instance with its whole past, so that a read can lag behind. */
export interface InstanceRecord {
  readonly id: string;
  readonly name: string;
  readonly productId: string;
  readonly clusterId: string;
  readonly hasLocalVolume: boolean;
  readonly past: Dated<InstanceState>[];
}

/** One job with its whole past. */
export interface JobRecord {
  readonly id: string;
  readonly instanceId: string;
  readonly type: string;
  /** When it appeared, in ms of virtual time. */
  readonly createdAtMs: number;
  readonly past: Dated<string>[];
}

/** One migration that the provider took on. */
export interface Application {
  readonly instanceId: string;
  readonly reclaimTime: string;
  /** The run that asked for it; null for somebody else. */
  readonly run: number | null;
  readonly atMs: number;
  readonly keepsData: boolean;
  /** A start on its own node, of which the provider keeps no memory. */
  readonly isStart: boolean;
  /** Null of a start. */
  readonly jobId: string | null;
  endedAtMs: number | null;
  succeeded: boolean;
}

/** What was true at a time; the oldest that is known for any time before. */
export function valueAt<Value>(past: readonly Dated<Value>[], atMs: number): Value {
  const found = past.findLast((entry) => entry.atMs <= atMs) ?? past[0];
  if (!found) throw new Error('A record without a past');
  return found.value;
}

export function stateNow({ past }: InstanceRecord): InstanceState {
  return valueAt(past, Infinity);
}

export function changeInstance(record: InstanceRecord, atMs: number, change: Partial<InstanceState>): void {
  record.past.push({ atMs, value: { ...stateNow(record), ...change } });
}

/** The pool of nodes that has room for it or not. */
export function poolOf({ productId, clusterId }: InstanceRecord): string {
  return `${productId}@${clusterId}`;
}
