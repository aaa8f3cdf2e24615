import { expect } from 'chai';
import type { Instance } from '../../src/core/instance.js';
import { pricesOf, type ProductPrice, totalPrice } from '../../src/core/price.js';
import { anInstance } from '../support/builders.js';

const product: ProductPrice = { productId: 'product-1', onDemandPerHour: 0.35, spotPerHour: 0.175 };
const other: ProductPrice = { productId: 'product-2', onDemandPerHour: 9, spotPerHour: 9 };

describe('pricesOf', () => {
  const cases: readonly (readonly [string, Partial<Instance>, readonly ProductPrice[], number | null])[] = [
    ['the spot price of its product', {}, [other, product], 0.175],
    ['that of each of its GPUs', { gpuCount: 8 }, [product], 1.4],
    ['the price on demand of one billed so', { billingMode: 'onDemand' }, [product], 0.35],
    ['the one price of a product that is listed twice', {}, [product, product], 0.175],
    ['none of a subscription', { billingMode: 'monthly' }, [product], null],
    ['none when it does not say how it is billed', { billingMode: null }, [product], null],
    ['none without a number of GPUs', { gpuCount: null }, [product], null],
    ['none without GPUs', { gpuCount: 0 }, [product], null],
    ['none without a product', { productId: null }, [product], null],
    ['none of a product that is not listed', {}, [other], null],
    ['none without any products', {}, [], null],
    ['none of a product that is not sold as spot', {}, [{ ...product, spotPerHour: null }], null],
    ['none of a product at two prices', {}, [product, { ...product, spotPerHour: 0.2 }], null],
    ['no price with the noise of sums', { gpuCount: 3 }, [{ ...product, spotPerHour: 0.1 }], 0.3],
  ];
  for (const [title, changes, products, expected] of cases) {
    it(`is ${title}`, () => {
      expect(pricesOf([anInstance(changes)], products).get('i-1') ?? null).to.equal(expected);
    });
  }
});

describe('totalPrice', () => {
  it('adds up what is known, and counts what is not', () => {
    expect(totalPrice([0.1, null, 0.2])).to.deep.equal({ perHour: 0.3, unknown: 1 });
    expect(totalPrice([null, null])).to.deep.equal({ perHour: null, unknown: 2 });
    expect(totalPrice([])).to.deep.equal({ perHour: null, unknown: 0 });
  });
});
