import { expect } from 'chai';
import type { Instance } from '../../src/core/instance.js';
import { parseInstance } from '../../src/novita/schemas.js';

const least = { id: 'i-1', status: 'exited' };

const full = {
  id: 'i-1',
  name: 'trainer',
  status: 'exited',
  spotStatus: 'terminated',
  spotReclaimTime: '1782900000',
  lastStartedAt: '1782800000',
  lastStoppedAt: '1782900000',
  clusterId: 'c-1',
  clusterName: 'EU-1',
  productId: 'p-1',
  productName: 'RTX 4090',
  billingMode: 'spot',
  gpuNum: '2',
  volumeMounts: [{ type: 'local', size: '30', id: '', mountPath: '/workspace' }],
};

const absent: Instance = {
  id: 'i-1',
  name: '',
  status: 'exited',
  spotStatus: null,
  spotReclaimTime: null,
  lastStartedAt: null,
  lastStoppedAt: null,
  clusterId: null,
  clusterName: null,
  productId: null,
  productName: null,
  billingMode: null,
  gpuCount: null,
  localVolumes: [],
};

describe('novita: a row of the instance list', () => {
  it('is read as documented', () => {
    expect(parseInstance(full)).to.deep.equal({
      id: 'i-1',
      name: 'trainer',
      status: 'exited',
      spotStatus: 'terminated',
      spotReclaimTime: '1782900000',
      lastStartedAt: 1_782_800_000,
      lastStoppedAt: 1_782_900_000,
      clusterId: 'c-1',
      clusterName: 'EU-1',
      productId: 'p-1',
      productName: 'RTX 4090',
      billingMode: 'spot',
      gpuCount: 2,
      localVolumes: [{ mountPath: '/workspace' }],
    });
  });

  it('may lack everything but an id and a status', () => expect(parseInstance(least)).to.deep.equal(absent));

  it('may be null in everything but its id and status', () => {
    const names = Object.keys(full).filter((name) => !(name in least));
    const row = { ...least, ...Object.fromEntries(names.map((name) => [name, null])) };
    expect(parseInstance(row)).to.deep.equal(absent);
  });

  const understood: readonly (readonly [string, object, Partial<Instance>])[] = [
    ['a number for an id', { id: 42 }, { id: '42' }],
    ['a number for a name', { name: 7 }, { name: '7' }],
    ['a number for a cluster', { clusterId: 3 }, { clusterId: '3' }],
    ['a number for the GPU count', { gpuNum: 8 }, { gpuCount: 8 }],
    ['no whole number for the GPU count', { gpuNum: '1.5' }, { gpuCount: null }],
    ['words for the GPU count', { gpuNum: 'eight' }, { gpuCount: null }],
    ['a negative GPU count', { gpuNum: -1 }, { gpuCount: null }],
    ['an object for a name', { name: { text: 'x' } }, { name: '' }],
    ['a list for a product', { productName: ['RTX'] }, { productName: null }],
    ['an object for the spot status', { spotStatus: {} }, { spotStatus: null }],
    ['an empty spot status', { spotStatus: '' }, { spotStatus: '' }],
    ['a status that is not known yet', { status: 'hibernating' }, { status: 'hibernating' }],
    ['a spot status that is not known yet', { spotStatus: 'rescued' }, { spotStatus: 'rescued' }],
    ['a billing mode that is not known yet', { billingMode: 'auction' }, { billingMode: 'auction' }],
    ['a field that is not known yet', { fancyNewField: { a: [1] } }, {}],
  ];
  for (const [title, changes, expected] of understood) {
    it(`may have ${title}`, () => {
      expect(parseInstance({ ...least, ...changes })).to.deep.equal({ ...absent, ...expected });
    });
  }

  const unreadable: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['text', 'exited'],
    ['a number', 5],
    ['a list', [least]],
    ['without an id', { status: 'exited' }],
    ['with null for an id', { ...least, id: null }],
    ['with an empty id', { ...least, id: '' }],
    ['with an object for an id', { ...least, id: {} }],
    ['with an id of more than 256 characters', { ...least, id: 'i'.repeat(257) }],
    ['without a status', { id: 'i-1' }],
    ['with null for a status', { ...least, status: null }],
    ['with a truth value for a status', { ...least, status: true }],
    ['with its status in __proto__', JSON.parse('{"id": "i-1", "__proto__": {"status": "exited"}}')],
  ];
  for (const [title, row] of unreadable) {
    it(`is unreadable: ${title}`, () => expect(parseInstance(row)).to.equal(null));
  }

  it('is unreadable when its id is a number that cannot go back to the API as it came', () => {
    expect(parseInstance(JSON.parse('{"id": 9007199254740993, "status": "exited"}'))).to.equal(null);
  });
});
