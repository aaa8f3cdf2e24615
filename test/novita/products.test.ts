import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { parseProducts } from '../../src/novita/products.js';
import { useHttpMock } from '../support/httpMock.js';
import { until } from '../support/until.js';
import { providerErrorOf, testClient } from './fixtures.js';

const row = {
  id: '4090.16c62g',
  name: 'RTX 4090 24GB',
  price: 35000,
  spotPrice: '17500',
  availableDeploy: true,
  inventoryState: 'normal',
  regions: ['US-CA-06 (California)'],
  secret: 'no',
};
const read = {
  productId: '4090.16c62g',
  name: 'RTX 4090 24GB',
  onDemandPerHour: 0.35,
  spotPerHour: 0.175,
  hasStock: true,
  regions: ['US-CA-06 (California)'],
};

describe('novita: the products', () => {
  const http = useHttpMock();

  it('are asked for as those of spot instances', async () => {
    http.api
      .get('/products')
      .query({ billingMethod: 'spot' })
      .reply(200, { data: [row] });
    const { client } = await testClient();
    expect(await client.listProducts()).to.deep.equal([read]);
  });

  const failures: readonly (readonly [string, number, string, string])[] = [
    ['an error of the server', 500, '{"reason": "UNKNOWN"}', 'server_error'],
    ['a rate limit', 429, '', 'rate_limited'],
    ['a key that may not see them', 403, '', 'auth_refused'],
    ['HTML', 200, '<html>', 'web_page_answer'],
    ['something else', 200, '{"products": []}', 'unreadable_answer'],
  ];
  for (const [title, status, body, code] of failures) {
    it(`are asked for once and no more: ${title}`, async () => {
      http.api.get('/products').query(true).reply(status, body);
      const { client, waits } = await testClient();
      expect((await providerErrorOf(client.listProducts())).failure.code).to.equal(code);
      expect(waits).to.deep.equal([]);
    });
  }

  it('are given up when the caller does not want to wait any longer', async () => {
    http.api.get('/products').query(true).delay(10_000).reply(200, { data: [] });
    const { client } = await testClient();
    const giveUp = new AbortController();
    const call = client.listProducts(giveUp.signal);
    await until(() => http.requests.length === 1);
    giveUp.abort(failureOf('request_timeout'));
    expect((await providerErrorOf(call)).failure.code).to.equal('request_timeout');
  });
});

describe('parseProducts', () => {
  it('reads no more rows than there can be', () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({ ...row, id: `p-${index}` }));
    expect(parseProducts({ data: rows })).to.have.length(2_000);
  });

  const prices: readonly (readonly [unknown, number | null])[] = [
    [17500, 0.175],
    ['17500', 0.175],
    ['0', null],
    [0, null],
    ['', null],
    [null, null],
    [undefined, null],
    [-5, null],
    ['0.35', null],
    ['1e5', null],
    ['12345678901', null],
    [{ amount: 5 }, null],
  ];
  for (const [spotPrice, spotPerHour] of prices) {
    it(`reads the price ${JSON.stringify(spotPrice)}`, () => {
      expect(parseProducts({ data: [{ ...row, spotPrice }] })).to.deep.equal([{ ...read, spotPerHour }]);
    });
  }

  const stocks: readonly (readonly [unknown, unknown, boolean])[] = [
    [true, 'low', true],
    [true, undefined, true],
    [true, 'none', false],
    [true, 'NONE', false],
    [false, 'high', false],
    [undefined, 'high', false],
    ['true', 'high', false],
    [1, 'high', false],
  ];
  for (const [availableDeploy, inventoryState, hasStock] of stocks) {
    it(`reads the stock ${JSON.stringify([availableDeploy, inventoryState])}`, () => {
      const changed = { ...row, availableDeploy, inventoryState };
      expect(parseProducts({ data: [changed] })).to.deep.equal([{ ...read, hasStock }]);
    });
  }

  const places: readonly (readonly [unknown, readonly string[]])[] = [
    ['', []],
    [null, []],
    [{}, []],
    ['US-1', []],
    [
      ['US-1', 7, '', null, {}, 'EU\u001b[31m'],
      ['US-1', '7', 'EU\ufffd[31m'],
    ],
    [Array.from({ length: 200 }, (_, index) => `c-${index}`), Array.from({ length: 50 }, (_, i) => `c-${i}`)],
  ];
  for (const [regions, expected] of places) {
    it(`reads the places ${JSON.stringify(regions).slice(0, 40)}`, () => {
      const [product] = parseProducts({ data: [{ ...row, regions }] }) ?? [];
      expect(product?.regions).to.deep.equal(expected);
    });
  }

  it('leaves out a row that cannot be read', () => {
    expect(parseProducts({ data: [{ price: 5 }, null, 'x', row] })).to.deep.equal([read]);
  });

  for (const value of [undefined, null, [], {}, { data: null }, { data: {} }, 'data']) {
    it(`is no list of products: ${JSON.stringify(value)}`, () => {
      expect(parseProducts(value)).to.equal(null);
    });
  }
});
