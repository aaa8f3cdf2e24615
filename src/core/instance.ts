/** A disk on the node that the instance runs on. A migration does not keep what is on it. */
export interface LocalVolume {
  readonly mountPath: string;
}

/**
 * What the program knows of an instance: the allow-listed fields of a row of the provider's list.
 * Absent fields are null. Text is already cleaned of control characters.
 */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly spotStatus: string | null;
  /** As the provider sent it: "" and "0" mean that no reclaim has started, otherwise unix seconds. */
  readonly spotReclaimTime: string | null;
  /** Unix seconds; null when it never started or the provider does not say. */
  readonly lastStartedAt: number | null;
  /** Unix seconds; null when it never stopped or the provider does not say. */
  readonly lastStoppedAt: number | null;
  readonly clusterId: string | null;
  readonly clusterName: string | null;
  readonly productId: string | null;
  readonly productName: string | null;
  readonly billingMode: string | null;
  readonly gpuCount: number | null;
  readonly localVolumes: readonly LocalVolume[];
}

/** What people call an instance: its name, or its id when it has none. */
export function nameOrId({ id, name }: Pick<Instance, 'id' | 'name'>): string {
  return name === '' ? id : name;
}

/** An instance at the beginning of a line of the log: its id, which people search for, with its name. */
export function idWithName({ id, name }: Pick<Instance, 'id' | 'name'>): string {
  return name === '' ? id : `${id} (${name})`;
}

/** The name of an instance for a sentence, with its id. */
export function nameOf({ id, name }: Pick<Instance, 'id' | 'name'>): string {
  return name === '' ? id : `${name} (${id})`;
}

/**
 * Names what a migration of the instance does not keep.
 *
 * The provider documents that new data on the system disk and on local disks is lost;
 * network volumes are independent of the node.
 */
export function dataAtRisk(instance: Instance): readonly string[] {
  return ['system_disk', ...instance.localVolumes.map(({ mountPath }) => `local_volume:${mountPath}`)];
}
