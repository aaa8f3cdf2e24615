import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../src/core/eligibility.js';
import type { Job } from '../../src/core/job.js';
import { historyByInstance } from '../../src/core/migrationHistory.js';
import { planMigrations } from '../../src/core/plan.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';

const near = fc.integer({ min: now - 100_000, max: now + 5000 });
const reclaimTime = fc.oneof(
  near.map(String),
  fc.constantFrom('', '0', 'soon', '-1', String(now * 1000)),
  fc.constant(null),
);
const instance = fc
  .record({
    status: fc.constantFrom('exited', 'exited', 'exited', 'running', 'migrating', 'freezing', ''),
    spotStatus: fc.constantFrom('terminated', 'running', 'notified', '', null),
    spotReclaimTime: reclaimTime,
    lastStartedAt: fc.option(near),
    localVolumes: fc.constantFrom([], [{ mountPath: '/data' }]),
  })
  .map((fields) => anInstance(fields));
const job = fc
  .record({
    type: fc.constantFrom('instanceMigrate', 'autoInstanceMigrate', 'saveImage', 'other', null),
    state: fc.constantFrom('success', 'fail', 'break', 'running', 'pulling', 'odd', null),
    createdAt: fc.option(near),
  })
  .map((fields): Job => aJob(fields));

describe('the planner', () => {
  it('never selects what the decision table skips, said in other words', () => {
    fc.assert(
      fc.property(
        fc.array(instance),
        fc.array(job, { maxLength: 4 }),
        fc.boolean(),
        (instances, jobs, holdLocalData) => {
          const fleet = instances.map((each, index) => ({ ...each, id: `i-${index}` }));
          const histories = historyByInstance(
            jobs.map((each) => ({ ...each, instanceId: 'i-0' })),
            now,
          );
          const policy = aPolicy({ holdLocalData });
          const decisions = fleet.map((each) => decide(each, histories.get(each.id) ?? null, policy, now));
          for (const { instance: chosen } of planMigrations(decisions, 0).migrate) {
            const reclaimedAt = Number(chosen.spotReclaimTime);
            expect(chosen.status).to.equal('exited');
            expect(chosen.spotReclaimTime).to.match(/^[1-9]\d{9}$/);
            expect(reclaimedAt).to.be.at.most(now + 60);
            expect(chosen.lastStartedAt ?? 0).to.be.at.most(reclaimedAt);
            if (holdLocalData) expect(chosen.localVolumes).to.deep.equal([]);
            if (chosen.id === 'i-0') {
              const open = jobs.filter(
                ({ state, type }) => type !== 'other' && !['success', 'fail', 'break'].includes(state ?? ''),
              );
              expect(open).to.deep.equal([]);
            }
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
