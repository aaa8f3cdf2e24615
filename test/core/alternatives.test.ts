import { expect } from 'chai';
import { alternativesFor, describeAlternatives, type ProductOffer } from '../../src/core/alternatives.js';
import { anInstance } from '../support/builders.js';

const offer = (productId: string, changes: Partial<ProductOffer> = {}): ProductOffer => ({
  productId,
  name: productId.toUpperCase(),
  onDemandPerHour: 1,
  spotPerHour: 0.5,
  hasStock: true,
  regions: ['US-CA-06 (California)'],
  ...changes,
});
const instance = anInstance({
  productId: 'own',
  productName: 'OWN',
  clusterId: 'eu-se-02',
  clusterName: 'EU-SE-02',
  gpuCount: 2,
});
const idsOf = (...offers: readonly ProductOffer[]): readonly string[] =>
  alternativesFor(instance, offers).map(({ productId }) => productId);

describe('alternativesFor', () => {
  it('begins with the same product in other clusters, at the price of all its GPUs', () => {
    const own = offer('own', { regions: ['EU-SE-02 (Sweden)', 'US-CA-06 (California)'] });
    expect(alternativesFor(instance, [offer('other'), own])).to.deep.equal([
      { productId: 'own', productName: 'OWN', clusters: ['US-CA-06 (California)'], pricePerHour: 1 },
      { productId: 'other', productName: 'OTHER', clusters: ['US-CA-06 (California)'], pricePerHour: 1 },
    ]);
  });

  const hidden: readonly (readonly [string, ProductOffer])[] = [
    ['without stock', offer('a', { hasStock: false })],
    ['that is not offered as spot', offer('a', { spotPerHour: null })],
    ['of its own where it was refused', offer('own', { regions: ['EU-SE-02'] })],
    ['of its own where it was refused, by the id', offer('own', { regions: ['eu-se-02 (Sweden)'] })],
    ['of its own that is said to be nowhere', offer('own', { regions: [] })],
  ];
  for (const [title, each] of hidden) {
    it(`names no product ${title}`, () => expect(idsOf(each)).to.deep.equal([]));
  }

  it('names no place of its own product where its cluster is not known', () => {
    const somewhere = { ...instance, clusterId: null, clusterName: '' };
    const offers = [offer('own'), offer('a')];
    expect(alternativesFor(somewhere, offers).map(({ productId }) => productId)).to.deep.equal(['a']);
  });

  it('names another product in the same cluster, and one whose place is not known', () => {
    expect(idsOf(offer('a', { regions: ['EU-SE-02'] }), offer('b', { regions: [] }))).to.deep.equal([
      'a',
      'b',
    ]);
  });

  it('does not take a cluster for another one whose name begins alike', () => {
    const own = offer('own', { regions: ['EU-SE-021 (Elsewhere)'] });
    expect(idsOf(own)).to.deep.equal(['own']);
  });

  it('orders others by name, then by the distance of their price, and stops at three', () => {
    const own = offer('own', { hasStock: false, spotPerHour: 0.5 });
    const offers = [
      own,
      offer('far', { spotPerHour: 0.9 }),
      offer('near', { spotPerHour: 0.55 }),
      offer('nearer', { spotPerHour: 0.49 }),
      offer('twin', { name: 'OWN', spotPerHour: 3 }),
    ];
    expect(idsOf(...offers)).to.deep.equal(['twin', 'nearer', 'near']);
    expect(idsOf(...[...offers].reverse())).to.deep.equal(['twin', 'nearer', 'near']);
  });

  it('begins with the cheapest where the own product is not listed', () => {
    expect(idsOf(offer('b', { spotPerHour: 0.9 }), offer('a', { spotPerHour: 0.2 }))).to.deep.equal([
      'a',
      'b',
    ]);
  });

  it('names a product once that is listed twice', () => {
    expect(idsOf(offer('a'), offer('a', { spotPerHour: 0.7 }))).to.deep.equal(['a']);
  });

  it('has no price where the number of GPUs is not known', () => {
    for (const gpuCount of [null, 0]) {
      expect(alternativesFor({ ...instance, gpuCount }, [offer('a')])[0]?.pricePerHour).to.equal(null);
    }
  });
});

describe('describeAlternatives', () => {
  it('says what, where and for how much, as far as it is known', () => {
    const clusters = ['A', 'B', 'C', 'D', 'E'];
    expect(
      describeAlternatives([
        { productId: 'p-1', productName: 'L40S 48GB', clusters: ['A'], pricePerHour: 0.275 },
        { productId: 'p-2', productName: null, clusters, pricePerHour: null },
        { productId: 'p-3', productName: 'H100', clusters: [], pricePerHour: 1 },
      ]),
    ).to.equal('L40S 48GB in A at $0.275 an hour; p-2 in A, B, C and 2 more; H100 at $1.00 an hour');
    expect(describeAlternatives([])).to.equal('');
  });
});
