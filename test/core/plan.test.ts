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
