import { expect } from 'chai';
import fc from 'fast-check';
import { planMigrations } from '../../src/core/plan.js';
import { aDecision, now } from '../support/builders.js';

const reclaimed = (id: string, secondsAgo: number) =>
  aDecision({ id, spotReclaimTime: String(now - secondsAgo) });
const idsOf = (decisions: ReturnType<typeof planMigrations>['migrate']) =>
  decisions.map(({ instance }) => instance.id);

describe('planMigrations', () => {
  const decisions = [
    reclaimed('b', 100),
    aDecision({ id: 'running', status: 'running' }),
    reclaimed('c', 300),
    reclaimed('a', 100),
  ];

  it('takes the eligible ones, longest down first, equal ones by id', () => {
    const { migrate, deferred } = planMigrations(decisions, 0);
    expect(idsOf(migrate)).to.deep.equal(['c', 'a', 'b']);
    expect(deferred).to.deep.equal([]);
  });

  it('plans nothing from nothing', () => {
    const nothing = { migrate: [], deferred: [] };
    expect(planMigrations([], 0)).to.deep.equal(nothing);
    expect(planMigrations([aDecision({ status: 'running' })], 5)).to.deep.equal(nothing);
  });

  it('passes on the decisions themselves', () => {
    const decision = aDecision();
    expect(planMigrations([decision], 1).migrate[0]).to.equal(decision);
  });

  const ties: readonly (readonly [string, string])[] = [
    ['b a', 'a b'],
    ['i-2 i-10 i-1', 'i-1 i-10 i-2'],
    ['a B b A', 'A B a b'],
  ];
  for (const [given, expected] of ties) {
    it(`puts ${given}, of one time, into the order ${expected}`, () => {
      const tied = given.split(' ').map((id) => reclaimed(id, 100));
      expect(idsOf(planMigrations(tied, 0).migrate)).to.deep.equal(expected.split(' '));
    });
  }

  const caps: readonly (readonly [number, readonly string[], readonly string[]])[] = [
    [1, ['c'], ['a', 'b']],
    [2, ['c', 'a'], ['b']],
    [3, ['c', 'a', 'b'], []],
    [4, ['c', 'a', 'b'], []],
  ];
  for (const [cap, migrated, deferred] of caps) {
    it(`defers what is over ${cap}`, () => {
      const plan = planMigrations(decisions, cap);
      expect([idsOf(plan.migrate), idsOf(plan.deferred)]).to.deep.equal([migrated, deferred]);
    });
  }

  it('does not depend on the order of the list, and changes nothing in it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.record({ id: fc.string({ minLength: 1 }), secondsAgo: fc.integer({ min: 0, max: 5 }) }),
          {
            selector: ({ id }) => id,
          },
        ),
        fc.nat({ max: 6 }),
        fc.infiniteStream(fc.nat()),
        (items, cap, numbers) => {
          const original = items.map(({ id, secondsAgo }) => reclaimed(id, secondsAgo));
          const shuffled = original
            .map((decision) => ({ decision, place: numbers.next().value as number }))
            .sort((one, other) => one.place - other.place)
            .map(({ decision }) => decision);
          const copy = [...shuffled];
          expect(planMigrations(shuffled, cap)).to.deep.equal(planMigrations(original, cap));
          expect(shuffled).to.deep.equal(copy);
        },
      ),
    );
  });
});
