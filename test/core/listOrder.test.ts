import { expect } from 'chai';
import type { Instance } from '../../src/core/instance.js';
import { type ListOrder, listOrders, sortInstances } from '../../src/core/listOrder.js';
import { now } from '../support/builders.js';
import { aListReport } from '../support/listReport.js';

const fleet: readonly Partial<Instance>[] = [
  {
    id: 'a',
    name: 'node-10',
    status: 'running',
    spotStatus: 'running',
    spotReclaimTime: '0',
    clusterName: 'US',
  },
  { id: 'b', name: 'node-9', status: 'exited', spotReclaimTime: String(now - 600), productName: 'L40S' },
  { id: 'c', name: '', status: 'running', spotStatus: 'notified', spotReclaimTime: String(now + 600) },
  { id: 'd', name: 'Node-1', status: 'exited', spotReclaimTime: String(now - 7200), clusterName: null },
  {
    id: 'e',
    name: 'älg',
    status: 'running',
    spotStatus: 'reclaiming',
    spotReclaimTime: '',
    productName: null,
  },
  { id: 'f', name: 'node-9', status: 'exited', spotReclaimTime: '', spotStatus: '', clusterName: 'EU' },
];
const { instances } = aListReport(fleet);
const idsBy = (order: ListOrder | null): string =>
  sortInstances(instances, order)
    .map(({ id }) => id)
    .join('');

describe('the order of a list', () => {
  const table: readonly (readonly [string, ListOrder | null, string])[] = [
    ['is that of the API by default', null, 'abcdef'],
    ['by name takes numbers for numbers and letters by language; none comes last', 'name', 'edbfac'],
    ['by status keeps the order among equals', 'status', 'bdface'],
    ['by reclaim has notices first, then the longest ago, then none', 'reclaim', 'cedbaf'],
    ['by product has none last', 'product', 'bacdfe'],
    ['by cluster has none last', 'cluster', 'fabced'],
    ['by verdict has what is eligible first', 'verdict', 'bdacef'],
  ];
  for (const [title, order, expected] of table) {
    it(title, () => expect(idsBy(order)).to.equal(expected));
  }

  it('neither loses nor changes anything, nor the list that it was given', () => {
    const before = [...instances];
    for (const order of listOrders) {
      const sorted = sortInstances(instances, order);
      expect(sorted).to.have.members(before);
      expect(sortInstances(sorted, order), 'sorted twice').to.deep.equal(sorted);
    }
    expect(instances).to.deep.equal(before);
  });
});
