import { expect } from 'chai';
import { dataAtRisk } from '../../src/core/instance.js';
import { parseInstance } from '../../src/novita/schemas.js';

/** The paths of the volumes whose data a migration may lose; undefined when the row is unreadable. */
function localPaths(volumeMounts: unknown): readonly string[] | undefined {
  const instance = parseInstance({ id: 'i-1', status: 'exited', volumeMounts });
  return instance?.localVolumes.map(({ mountPath }) => mountPath);
}

describe('novita: volumeMounts', () => {
  const table: readonly (readonly [string, unknown, readonly string[]])[] = [
    ['absent', undefined, []],
    ['null', null, []],
    ['empty', [], []],
    ['a network volume', [{ type: 'network', mountPath: '/network' }], []],
    ['a local volume', [{ type: 'local', mountPath: '/workspace' }], ['/workspace']],
    [
      'one of each',
      [
        { type: 'network', mountPath: '/network' },
        { type: 'local', mountPath: '/a' },
        { type: 'local', mountPath: '/b' },
      ],
      ['/a', '/b'],
    ],
    ['a type that is not known yet', [{ type: 'nvme', mountPath: '/fast' }], ['/fast']],
    ['a type in capitals', [{ type: 'NETWORK', mountPath: '/n' }], ['/n']],
    ['a type with a control character', [{ type: 'network\u0000', mountPath: '/n' }], ['/n']],
    ['no type', [{ mountPath: '/x' }], ['/x']],
    ['null for a type', [{ type: null, mountPath: '/x' }], ['/x']],
    ['an object for a type', [{ type: {}, mountPath: '/x' }], ['/x']],
    ['no path', [{ type: 'local' }], ['unknown']],
    ['an object for a path', [{ type: 'local', mountPath: {} }], ['unknown']],
    ['a control character in the path', [{ type: 'local', mountPath: '/a\u001b[2J' }], ['/a\uFFFD[2J']],
    ['null for a volume', [null], ['unknown']],
    ['text for a volume', ['/workspace'], ['unknown']],
    ['garbage beside a network volume', [{ type: 'network', mountPath: '/n' }, 5], ['unknown']],
    ['text', '/workspace', ['unknown']],
    ['an object', { type: 'network', mountPath: '/n' }, ['unknown']],
    ['a number', 1, ['unknown']],
  ];
  for (const [title, volumeMounts, expected] of table) {
    it(`may be ${title}`, () => expect(localPaths(volumeMounts)).to.deep.equal(expected));
  }

  it('ends up in what a migration does not keep', () => {
    const volumeMounts = [{ type: 'local', mountPath: '/workspace' }];
    const instance = parseInstance({ id: 'i-1', status: 'exited', volumeMounts });
    expect(instance && dataAtRisk(instance)).to.deep.equal(['system_disk', 'local_volume:/workspace']);
  });
});
