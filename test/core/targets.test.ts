import { expect } from 'chai';
import fc from 'fast-check';
import type { Instance } from '../../src/core/instance.js';
import { describeAmbiguous, resolveTargets } from '../../src/core/targets.js';
import { anInstance } from '../support/builders.js';

/** Instances by id, each with its name. */
function fleetOf(names: Readonly<Record<string, string>>): readonly Instance[] {
  return Object.entries(names).map(([id, name]) => anInstance({ id, name }));
}

const fleet = fleetOf({
  'i-1': 'training',
  'i-2': 'render',
  'i-3': 'render',
  'i-4': 'i-1',
  'i-5': '',
  'i-6': 'caf\u00e9',
});

interface Expected {
  readonly ids?: readonly string[];
  readonly notFound?: readonly string[];
  readonly ambiguous?: Readonly<Record<string, readonly string[]>>;
}

describe('resolveTargets', () => {
  const table: readonly (readonly [string, readonly string[], Expected])[] = [
    ['nothing', [], {}],
    ['an id', ['i-2'], { ids: ['i-2'] }],
    ['a name', ['training'], { ids: ['i-1'] }],
    ['an id that is also the name of another instance', ['i-1'], { ids: ['i-1'] }],
    ['an id and the name of the same instance', ['training', 'i-1'], { ids: ['i-1'] }],
    ['the same id twice', ['i-2', 'i-2'], { ids: ['i-2'] }],
    ['several, in the order of the list', ['i-3', 'training', 'i-2'], { ids: ['i-1', 'i-2', 'i-3'] }],
    ['a name of two', ['render'], { ambiguous: { render: ['i-2', 'i-3'] } }],
    ['a name of two, twice', ['render', 'render'], { ambiguous: { render: ['i-2', 'i-3'] } }],
    [
      'a name of two, and one of its ids',
      ['render', 'i-3'],
      { ids: ['i-3'], ambiguous: { render: ['i-2', 'i-3'] } },
    ],
    ['what is not there', ['nope', 'i-9', 'nope'], { notFound: ['nope', 'i-9'] }],
    ['the beginning of a name', ['train'], { notFound: ['train'] }],
    ['a pattern', ['train*'], { notFound: ['train*'] }],
    ['a name in other letters', ['Training'], { notFound: ['Training'] }],
    ['nothing, where an instance has no name', [''], { notFound: [''] }],
    ['a name whose accent is written apart', ['cafe\u0301'], { ids: ['i-6'] }],
    [
      'the name of a property of every object',
      ['constructor', '__proto__'],
      { notFound: ['constructor', '__proto__'] },
    ],
  ];
  for (const [title, targets, { ids = [], notFound = [], ambiguous = {} }] of table) {
    it(`finds ${title}`, () => {
      const resolved = resolveTargets(targets, fleet, true);
      expect(resolved.instances.map(({ id }) => id)).to.deep.equal(ids);
      expect(resolved.notFound).to.deep.equal(notFound);
      expect(
        resolved.ambiguous.map(({ target, candidates }) => [target, candidates.map(({ id }) => id)]),
      ).to.deep.equal(Object.entries(ambiguous));
    });
  }

  it('takes no name for the only one of a list that is not complete', () => {
    const resolved = resolveTargets(['training', 'i-2', 'nope'], fleet, false);
    expect(resolved.instances.map(({ id }) => id)).to.deep.equal(['i-2']);
    expect(resolved.ambiguous.map(({ target }) => target)).to.deep.equal(['training']);
    expect(resolved.notFound).to.deep.equal(['nope']);
  });

  it('tells two names apart only when they look different', () => {
    const alike = fleetOf({ 'i-1': 'caf\u00e9', 'i-2': 'cafe\u0301' });
    expect(resolveTargets(['caf\u00e9'], alike, true).ambiguous).to.have.length(1);
  });

  // Few letters, so that ids and names meet often.
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'e', '\u0301', '\u00e9'), maxLength: 3 });
  const someFleet = fc
    .uniqueArray(fc.record({ id: word, name: word }), { selector: ({ id }) => id, maxLength: 8 })
    .map((rows) => rows.map((row) => anInstance(row)));

  it('never takes an instance that was not named by its id, or by a name that is its alone', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 5 }),
        someFleet,
        fc.boolean(),
        (targets, instances, complete) => {
          for (const { id, name } of resolveTargets(targets, instances, complete).instances) {
            const others = instances.filter((other) => other.id !== id);
            const isAlone = !others.some((other) => other.name.normalize() === name.normalize());
            const byName = targets.some(
              (target) =>
                target.normalize() === name.normalize() && !instances.some((each) => each.id === target),
            );
            expect(targets.includes(id) || (complete && name !== '' && isAlone && byName)).to.be.true;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('accounts for everything that was asked for, once', () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 5 }),
        someFleet,
        fc.boolean(),
        (targets, instances, complete) => {
          const { instances: found, notFound, ambiguous } = resolveTargets(targets, instances, complete);
          expect(new Set(found).size).to.equal(found.length);
          const missed = [...notFound, ...ambiguous.map(({ target }) => target)];
          expect(new Set(missed).size).to.equal(missed.length);
          for (const target of targets.filter((each) => !missed.includes(each))) {
            const meant = found.some(
              ({ id, name }) => id === target || (name !== '' && name.normalize() === target.normalize()),
            );
            expect(meant).to.be.true;
          }
          for (const { candidates } of ambiguous) expect(candidates).not.to.be.empty;
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('describeAmbiguous', () => {
  const render = (id: string, changes: Partial<Instance> = {}) =>
    anInstance({ id, name: 'render', ...changes });

  it('lists the candidates with their ids, states and places', () => {
    const candidates = [render('i-2'), render('i-3', { status: 'running', clusterName: null })];
    expect(describeAmbiguous({ target: 'render', candidates })).to.equal(
      '"render" is the name of 2 instances; give an id: i-2 (exited, US-CA-06), i-3 (running, cluster-1)',
    );
  });

  it('says so when the list is not complete', () => {
    expect(describeAmbiguous({ target: 'render', candidates: [render('i-2')] })).to.equal(
      '"render" may be the name of others too, as the list is not complete; give an id: i-2 (exited, US-CA-06)',
    );
  });

  it('lists ten of many, and what little is known', () => {
    const unknown = { status: '', clusterName: null, clusterId: null };
    const candidates = Array.from({ length: 12 }, (_, index) => render(`i-${index}`, unknown));
    const text = describeAmbiguous({ target: 'render', candidates });
    expect(text).to.include('i-9 (of unknown status), and 2 more').and.not.include('i-10');
  });
});
