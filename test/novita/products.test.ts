import { expect } from 'chai';
import { failureOf } from '../../src/core/failure.js';
import { parseProducts } from '../../src/novita/products.js';
import { useHttpMock } from '../support/httpMock.js';
import { until } from '../support/until.js';
import { providerErrorOf, testClient } from './fixtures.js';

const row = { id: '4090.16c62g', name: 'RTX 4090 24GB', price: 35000, spotPrice: '17500', secret: 'no' };
const read = { productId: '4090.16c62g', onDemandPerHour: 0.35, spotPerHour: 0.175 };

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

  it('leaves out a row that cannot be read', () => {
    expect(parseProducts({ data: [{ price: 5 }, null, 'x', row] })).to.deep.equal([read]);
  });

  for (const value of [undefined, null, [], {}, { data: null }, { data: {} }, 'data']) {
    it(`is no list of products: ${JSON.stringify(value)}`, () => {
      expect(parseProducts(value)).to.equal(null);
    });
  }
});
