import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  afterInstance,
  afterJobs,
  type FollowedMigration,
  type FollowState,
  isOver,
  notSeenYet,
} from '../../src/core/follow.js';
import type { Instance } from '../../src/core/instance.js';
import type { Job } from '../../src/core/job.js';
import { aJob, anInstance, now } from '../support/builders.js';

const accepted = {
  instanceId: 'i-1',
  knownJobIds: new Set(['job-old']),
  requestedAt: now,
  sentAt: now,
  jobId: 'job-new',
};
const named: FollowedMigration = { accepted, listed: anInstance() };
const unnamed: FollowedMigration = { ...named, accepted: { ...accepted, jobId: null } };
const newJob = aJob({ id: 'job-new', createdAt: now, state: 'running' });
const running = anInstance({ status: 'running', spotStatus: 'running', spotReclaimTime: '0' });

function lookAt(migration: FollowedMigration, ...readings: readonly (readonly Job[])[]): FollowState {
  return readings.reduce<FollowState>((state, jobs) => afterJobs(state, migration, jobs), notSeenYet);
}

describe('afterJobs', () => {
  const table: readonly (readonly [
    string,
    FollowedMigration,
    readonly Partial<Job>[],
    FollowState['kind'],
    string?,
  ])[] = [
    ['no job', named, [], 'open'],
    ['its job, which is pulling', named, [{ state: 'pulling' }], 'open', 'pulling'],
    ['its job, in a state that is not known', named, [{ state: 'queued' }], 'open', 'queued'],
    ['its job, which has succeeded', named, [{ state: 'success' }], 'succeeded'],
    ['its job, which has failed', named, [{ state: 'fail' }], 'failed'],
    ['its job, which has broken', named, [{ state: 'break' }], 'failed'],
    ['its job without a time', named, [{ state: 'success', createdAt: null }], 'succeeded'],
    ['a job of its id and another instance', named, [{ state: 'fail', instanceId: 'i-2' }], 'open'],
    ['another new job, which failed', named, [{ id: 'job-other', state: 'fail' }], 'open'],
    ['without an id, a new job', unnamed, [{ state: 'success' }], 'succeeded'],
    ['without an id, one that was there', unnamed, [{ id: 'job-old', state: 'fail' }], 'open'],
    ['without an id, one of another instance', unnamed, [{ instanceId: 'i-2', state: 'fail' }], 'open'],
    ['without an id, an older one', unnamed, [{ createdAt: now - 61, state: 'success' }], 'open'],
    [
      'without an id, one within the slack of clocks',
      unnamed,
      [{ createdAt: now - 60, state: 'success' }],
      'succeeded',
    ],
    ['without an id, one that had failed before', unnamed, [{ createdAt: now - 1, state: 'fail' }], 'open'],
    ['without an id, an image job', unnamed, [{ type: 'saveImage', state: 'success' }], 'open'],
    [
      'without an id, the provider’s own migration',
      unnamed,
      [{ type: 'autoInstanceMigrate', state: 'fail' }],
      'open',
    ],
    [
      'without an id, the newest of two',
      unnamed,
      [
        { id: 'a', state: 'fail' },
        { id: 'b', state: 'running', createdAt: now + 5 },
      ],
      'open',
      'running',
    ],
    [
      'without an id, of two of one second the one that has not failed',
      unnamed,
      [
        { id: 'a', state: 'fail' },
        { id: 'b', state: 'success' },
      ],
      'succeeded',
    ],
  ];
  for (const [title, migration, jobs, kind, jobState = null] of table) {
    it(`${title}: ${kind}`, () => {
      const state = lookAt(
        migration,
        jobs.map((job) => ({ ...newJob, ...job })),
      );
      expect(state.kind).to.equal(kind);
      if (state.kind === 'open') expect(state.jobState).to.equal(jobState);
    });
  }

  it('takes a job of another id for its own once the named one was missing three times', () => {
    const other = [{ ...newJob, id: 'job-of-another-kind', state: 'success' }];
    expect(lookAt(named, other, other).kind).to.equal('open');
    expect(lookAt(named, other, other, other).kind).to.equal('succeeded');
    expect(lookAt(named, other, other, [newJob], other).kind).to.equal('open');
  });

  it('keeps the error of a job that failed', () => {
    const job = { ...newJob, state: 'fail', errorMessage: 'no node' };
    expect(lookAt(named, [job])).to.deep.equal({ kind: 'failed', job });
  });
});

describe('afterInstance', () => {
  const succeeded: FollowState = { kind: 'succeeded' };
  const again = String(now + 60);
  const table: readonly (readonly [string, FollowState, Instance | 'gone', string])[] = [
    ['running', succeeded, running, 'recovered'],
    ['running, with the old reclaim time', succeeded, anInstance({ status: 'running' }), 'recovered'],
    ['running, without spot fields', succeeded, { ...running, spotReclaimTime: null }, 'recovered'],
    ['starting', succeeded, { ...running, status: 'starting' }, 'succeeded'],
    ['exited', succeeded, anInstance(), 'succeeded'],
    ['migrating', succeeded, anInstance({ status: 'migrating' }), 'succeeded'],
    ['exited, reclaimed again', succeeded, anInstance({ spotReclaimTime: again }), 'reclaimed_again'],
    ['running, to be reclaimed again', succeeded, { ...running, spotReclaimTime: again }, 'reclaimed_again'],
    ['gone', succeeded, 'gone', 'gone'],
    ['running, while its job is open', notSeenYet, running, 'open'],
    ['running, after its job failed', { kind: 'failed', job: newJob }, running, 'failed'],
  ];
  for (const [title, state, instance, expected] of table) {
    it(`${title}: ${expected}`, () => {
      const after = afterInstance(state, named, instance);
      expect(after.kind === 'lost' ? after.why : after.kind).to.equal(expected);
    });
  }
});

describe('following', () => {
  const jobs = fc.array(
    fc.record({
      id: fc.constantFrom('job-new', 'job-other', 'job-old', ''),
      instanceId: fc.constantFrom('i-1', 'i-2'),
      type: fc.constantFrom('instanceMigrate', 'autoInstanceMigrate', 'saveImage', null),
      state: fc.constantFrom('pulling', 'running', 'success', 'fail', 'break', 'odd', null),
      createdAt: fc.option(fc.integer({ min: now - 120, max: now + 120 })),
      errorMessage: fc.constant(null),
    }),
    { maxLength: 4 },
  );
  const instance = fc.constantFrom<Instance | 'gone'>(
    'gone',
    running,
    anInstance(),
    anInstance({ status: 'migrating' }),
  );
  const readings = fc.array(fc.tuple(jobs, instance), { maxLength: 6 });

  it('never leaves an end, and finds a recovery only where a job of it had succeeded and it ran', () => {
    fc.assert(
      fc.property(fc.constantFrom(named, unnamed), readings, (migration, seen) => {
        let state: FollowState = notSeenYet;
        let mayHaveSucceeded = false;
        for (const [list, each] of seen) {
          const before: FollowState = state;
          mayHaveSucceeded ||= list.some((job) => job.instanceId === 'i-1' && job.state === 'success');
          state = afterInstance(afterJobs(state, migration, list), migration, each);
          if (isOver(before)) expect(state).to.equal(before);
          else if (state.kind === 'recovered') {
            expect(mayHaveSucceeded && each !== 'gone' && each.status === 'running').to.equal(true);
          }
          if (state.kind === 'failed') expect(state.job.instanceId).to.equal('i-1');
        }
      }),
    );
  });
});
