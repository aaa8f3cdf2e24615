import type { Instance } from '../core/instance.js';

/**
 * Lets the instances of a list share the texts that many of them have in common. Each came as a copy of its own, and in
 * a large fleet the copies take more memory than all else that is kept.
 */
export function createTextSharing(): (instance: Instance) => Instance {
  const known = new Map<string, string>();
  const shared = (text: string): string => {
    const first = known.get(text);
    if (first === undefined) known.set(text, text);
    return first ?? text;
  };
  const sharedOrNull = (text: string | null): string | null => (text === null ? null : shared(text));
  return (instance) => ({
    ...instance,
    status: shared(instance.status),
    spotStatus: sharedOrNull(instance.spotStatus),
    clusterId: sharedOrNull(instance.clusterId),
    clusterName: sharedOrNull(instance.clusterName),
    productId: sharedOrNull(instance.productId),
    productName: sharedOrNull(instance.productName),
    billingMode: sharedOrNull(instance.billingMode),
    localVolumes: instance.localVolumes.length === 0 ? noVolumes : instance.localVolumes,
  });
}

const noVolumes: Instance['localVolumes'] = [];
