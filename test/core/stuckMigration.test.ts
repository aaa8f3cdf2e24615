import { expect } from 'chai';
import { decide } from '../../src/core/eligibility.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import { emptyHistory, historyByInstance } from '../../src/core/migrationHistory.js';
import { stuckMigrationsOf } from '../../src/core/stuckMigration.js';
import { aJob, anInstance, aPolicy, now } from '../support/builders.js';

const limitSeconds = 3_600;

function decisionOf(changes: Partial<Instance>, jobs: readonly Partial<Job>[]) {
  const instance = anInstance(changes);
  const all = jobs.map((job) => aJob({ instanceId: instance.id, ...job }));
  return decide(instance, historyByInstance(all, now).get(instance.id) ?? emptyHistory, aPolicy(), now);
}

describe('stuck migrations', () => {
  const open = { state: 'running', createdAt: now - 3_601 };
  const migrating = { status: 'migrating', lastStoppedAt: now - 7_200 };
  const cases: readonly (readonly [string, Partial<Instance>, readonly Partial<Job>[], number | null])[] = [
    ['by a job that has been open for too long', {}, [open], 3_601],
    ['not by one that has been open for as long as it may', {}, [{ ...open, createdAt: now - 3_600 }], null],
    ['by the job, however long ago the instance stopped', migrating, [open], 3_601],
    ['not by a young job of one that stopped long ago', migrating, [{ ...open, createdAt: now - 60 }], null],
    ['by its stop, when no job is shown', migrating, [], 7_200],
    [
      'by the last job, when all have ended',
      migrating,
      [{ state: 'success', createdAt: now - 4_000 }],
      4_000,
    ],
    ['not when its job has ended just now', migrating, [{ state: 'success', createdAt: now - 90 }], null],
    ['not when its job has ended at no known time', migrating, [{ state: 'fail', createdAt: null }], null],
    [
      'by its stop, when its last job is older',
      migrating,
      [{ state: 'fail', createdAt: now - 9_000 }],
      7_200,
    ],
    ['not when nobody knows since when', { status: 'migrating', lastStoppedAt: null }, [], null],
    ['not by a job of no time', migrating, [{ ...open, createdAt: null }], null],
    ['by an image that is being saved', {}, [{ ...open, type: 'saveImage' }], 3_601],
    ['not when it is eligible', {}, [], null],
    ['not when it runs', { status: 'running' }, [open], null],
    ['not when the clock was set back', {}, [{ ...open, createdAt: now + 9_999 }], null],
  ];
  for (const [title, changes, jobs, age] of cases) {
    it(`are found ${title}`, () => {
      const found = stuckMigrationsOf([decisionOf(changes, jobs)], now, limitSeconds);
      expect(found.map(({ ageSeconds }) => ageSeconds)).to.deep.equal(age === null ? [] : [age]);
    });
  }

  it('are not found where the job list was not read', () => {
    const decision = decide(anInstance(migrating), null, aPolicy(), now);
    expect(stuckMigrationsOf([decision], now, limitSeconds)).to.deep.equal([]);
  });

  it('begin with the oldest', () => {
    const decisions = [4_000, 9_000, 5_000].map((ago) =>
      decisionOf({ id: `i-${ago}` }, [{ ...open, createdAt: now - ago }]),
    );
    const found = stuckMigrationsOf(decisions, now, limitSeconds);
    expect(found.map(({ instance }) => instance.id)).to.deep.equal(['i-9000', 'i-5000', 'i-4000']);
  });
});
