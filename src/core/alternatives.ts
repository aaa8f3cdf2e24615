import { formatDollars } from './dollars.js';
import type { Instance } from './instance.js';
import { type ProductPrice, roundToUnit } from './price.js';

/** A product as the provider offers it for spot instances. */
export interface ProductOffer extends ProductPrice {
  readonly name: string | null;
  /** True when the provider says that an instance of it can be created now. */
  readonly hasStock: boolean;
  /** Where it can be created, in the provider's own words, such as `US-CA-06 (California)`; empty when unknown. */
  readonly regions: readonly string[];
}

/** Somewhere else that an instance without room could be made anew, as a spot instance. */
export interface Alternative {
  readonly productId: string;
  readonly productName: string | null;
  /** Empty when the provider does not say. */
  readonly clusters: readonly string[];
  /** In USD, for as many GPUs as the instance has; null when it is not known how many those are. */
  readonly pricePerHour: number | null;
}

const mostAlternatives = 3;

type Wanted = Pick<Instance, 'productId' | 'productName' | 'clusterId' | 'clusterName' | 'gpuCount'>;

/**
 * Picks what comes closest to an instance among the products with stock: its own product in other clusters, then others
 * of the same name, then those whose price is nearest to its own, or the cheapest where that is not known.
 */
export function alternativesFor(instance: Wanted, offers: readonly ProductOffer[]): readonly Alternative[] {
  const own = offers.find(({ productId }) => productId === instance.productId) ?? null;
  const seen = new Set<string>();
  return offers
    .filter(({ hasStock, spotPerHour }) => hasStock && spotPerHour !== null)
    .map((offer) => ({ offer, clusters: clustersOf(offer, instance) }))
    .filter(({ clusters }) => clusters !== null)
    .sort((one, other) => compare(one.offer, other.offer, instance, own))
    .filter(({ offer: { productId } }) => !seen.has(productId) && seen.add(productId))
    .slice(0, mostAlternatives)
    .map(({ offer, clusters }) => ({
      productId: offer.productId,
      productName: offer.name,
      clusters: clusters ?? [],
      pricePerHour: priceFor(offer, instance),
    }));
}

/** Where an offer helps the instance: not where its own product has just been refused. Null for nowhere. */
function clustersOf(
  { productId, regions }: ProductOffer,
  { productId: ownProduct, clusterId, clusterName }: Wanted,
): readonly string[] | null {
  if (productId !== ownProduct) return regions;
  const names = [clusterId, clusterName].filter((name) => name !== null && name !== '');
  // Where nobody says in which one it was refused, it may be any.
  if (names.length === 0) return null;
  const others = regions.filter((region) => !names.some((name) => isCluster(region, name ?? '')));
  return others.length === 0 ? null : others;
}

/** The list of products adds the place to the name of a cluster. */
function isCluster(region: string, name: string): boolean {
  const [one, other] = [region.toLowerCase(), name.toLowerCase()];
  return one === other || one.startsWith(`${other} (`);
}

function compare(
  one: ProductOffer,
  other: ProductOffer,
  { productId, productName }: Wanted,
  own: ProductOffer | null,
): number {
  const rank = (offer: ProductOffer): number => {
    if (offer.productId === productId) return 0;
    return offer.name !== null && offer.name === (own?.name ?? productName) ? 1 : 2;
  };
  const wanted = own?.spotPerHour ?? 0;
  const distance = ({ spotPerHour }: ProductOffer): number => Math.abs((spotPerHour ?? 0) - wanted);
  return (
    rank(one) - rank(other) ||
    distance(one) - distance(other) ||
    (one.productId < other.productId ? -1 : Number(one.productId > other.productId))
  );
}

function priceFor({ spotPerHour }: ProductOffer, { gpuCount }: Wanted): number | null {
  return spotPerHour === null || gpuCount === null || gpuCount === 0
    ? null
    : roundToUnit(spotPerHour * gpuCount);
}

const namedClusters = 3;

/** Alternatives in one phrase, such as `L40S 48GB in EU-SE-02 at $0.275 an hour`. */
export function describeAlternatives(alternatives: readonly Alternative[]): string {
  return alternatives
    .map(({ productId, productName, clusters, pricePerHour }) => {
      const left = clusters.length - namedClusters;
      const named = clusters.slice(0, namedClusters).join(', ');
      const place = clusters.length === 0 ? '' : ` in ${named}${left > 0 ? ` and ${left} more` : ''}`;
      const price = pricePerHour === null ? '' : ` at ${formatDollars(pricePerHour)} an hour`;
      return `${productName ?? productId}${place}${price}`;
    })
    .join('; ');
}
