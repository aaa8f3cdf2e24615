import type { Instance } from './instance.js';

/**
 * Names the pool of nodes that an instance can be migrated to: those of its product in its cluster.
 * When it has no room for one instance, it has none for the others.
 */
export function migrationGroup({ id, productId, productName, clusterId, clusterName }: Instance): string {
  const product = productId ?? productName;
  const cluster = clusterId ?? clusterName;
  // Of an instance that does not say, nothing can be concluded for another one.
  return product === null || cluster === null ? JSON.stringify([id]) : JSON.stringify([product, cluster]);
}
