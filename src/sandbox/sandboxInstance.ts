import { hexadecimal, pick, type Random } from './random.js';

/** What a migrate request of an instance meets. Each stands for something that the real API does or may do. */
export type MigrateBehaviour =
  | { readonly kind: 'succeeds' }
  /** Accepted, and later the job fails. */
  | { readonly kind: 'job_fails' }
  /** Accepted, and its job never ends. */
  | { readonly kind: 'gets_stuck' }
  /** Succeeds, and the provider takes the instance back at once. */
  | { readonly kind: 'reclaimed_again' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** Refused so many times, and then it succeeds. */
  | {
      readonly kind: 'refused_at_first';
      readonly times: number;
      readonly status: number;
      readonly reason: string;
    }
  /** Applied, but the answer is lost or of no use. */
  | { readonly kind: 'applied_without_answer'; readonly answer: 'error' | 'reset' | 'html' }
  /** Not applied, and the answer breaks off. */
  | { readonly kind: 'answer_breaks_off' }
  | { readonly kind: 'slow'; readonly delayMs: number };

/** What the platform does when it is asked to keep the data of an instance in a migration. */
export type SaveDataBehaviour = 'kept' | 'refused' | 'no_such_request';

/** What a start request of an instance meets. Where it starts and when it is refused is not documented. */
export type StartBehaviour =
  | { readonly kind: 'succeeds' }
  /** Accepted, and it goes back to where it was. */
  | { readonly kind: 'start_fails' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** Applied, but the answer is lost. */
  | { readonly kind: 'applied_without_answer' };

export interface SandboxVolume {
  readonly type: 'network' | 'local';
  readonly mountPath: string;
}

/** An instance as the emulated provider knows it. Times are unix seconds, 0 for never. */
export interface SandboxInstance {
  readonly id: string;
  readonly name: string;
  readonly billingMode: 'spot' | 'onDemand';
  readonly product: Product;
  readonly cluster: Cluster;
  readonly volumes: readonly SandboxVolume[];
  readonly migrateBehaviour: MigrateBehaviour;
  readonly saveDataBehaviour: SaveDataBehaviour;
  readonly startBehaviour: StartBehaviour;
  readonly createdAt: number;
  status: string;
  spotStatus: string;
  spotReclaimTime: number;
  lastStartedAt: number;
  lastStoppedAt: number;
}

export interface Cluster {
  readonly id: string;
  readonly name: string;
}

/** Prices are for one GPU, in 1/100,000 USD per hour. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: number;
  readonly spotPrice: number;
}

export const products: readonly Product[] = [
  { id: 'rtx4090-24g', name: 'RTX 4090 24GB', price: 35_000, spotPrice: 17_500 },
  { id: 'l40s-48g', name: 'L40S 48GB', price: 55_000, spotPrice: 27_500 },
  { id: 'a100-sxm-80g', name: 'A100 SXM 80GB', price: 160_000, spotPrice: 80_000 },
  { id: 'h100-sxm-80g', name: 'H100 SXM 80GB', price: 256_000, spotPrice: 128_000 },
];

export const clusters: readonly Cluster[] = [
  { id: 'us-ca-06', name: 'US-CA-06' },
  { id: 'us-dallas-1', name: 'US-DALLAS-1' },
  { id: 'eu-se-02', name: 'EU-SE-02' },
];

/** Makes a running spot instance that has been up for a week, but for the changes. */
export function sandboxInstance(
  random: Random,
  nowSeconds: number,
  changes: Partial<SandboxInstance> & { readonly name: string },
): SandboxInstance {
  const upSince = nowSeconds - 7 * 86_400;
  return {
    id: hexadecimal(random, 16),
    billingMode: 'spot',
    product: pick(random, products),
    cluster: pick(random, clusters),
    volumes: [],
    migrateBehaviour: { kind: 'succeeds' },
    saveDataBehaviour: 'kept',
    startBehaviour: { kind: 'succeeds' },
    createdAt: upSince,
    status: 'running',
    spotStatus: changes.billingMode === 'onDemand' ? '' : 'running',
    spotReclaimTime: 0,
    lastStartedAt: upSince,
    lastStoppedAt: 0,
    ...changes,
  };
}

/** The changes that make a spot instance one that was reclaimed a while ago. */
export function reclaimed(nowSeconds: number, secondsAgo: number): Partial<SandboxInstance> {
  const at = nowSeconds - secondsAgo;
  return { status: 'exited', spotStatus: 'terminated', spotReclaimTime: at, lastStoppedAt: at };
}
