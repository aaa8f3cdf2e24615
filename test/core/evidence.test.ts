import { expect } from 'chai';
import { type Finding, findEffect, settleWaits, type Sighting } from '../../src/core/evidence.js';
import { aJob, now } from '../support/builders.js';

const before = { instanceId: 'i-1', knownJobIds: new Set(['job-old']), requestedAt: now };
const seen = (changes: Partial<Sighting>): Sighting => ({
  status: 'exited',
  jobs: [],
  jobsComplete: true,
  ...changes,
});
const newJob = aJob({ id: 'job-new', createdAt: now });

describe('findEffect', () => {
  const table: readonly (readonly [string, Sighting, Finding])[] = [
    ['exited, no job', seen({}), 'no_effect'],
    ['exited, jobs incomplete', seen({ jobsComplete: false }), 'unclear'],
    ['migrating', seen({ status: 'migrating' }), 'took_effect'],
    ['migrating, no jobs to be had', seen({ status: 'migrating', jobsComplete: false }), 'took_effect'],
    ['unreadable, no job', seen({ status: null }), 'unclear'],
    ['unreadable, a new job', seen({ status: null, jobs: [newJob] }), 'took_effect'],
    ['running, no job', seen({ status: 'running' }), 'unclear'],
    ['running, a new job', seen({ status: 'running', jobs: [newJob] }), 'took_effect'],
    ['exited, a new job', seen({ jobs: [newJob] }), 'took_effect'],
    ['exited, a new job in an incomplete list', seen({ jobs: [newJob], jobsComplete: false }), 'took_effect'],
    ['exited, a new job that has failed', seen({ jobs: [{ ...newJob, state: 'fail' }] }), 'failed'],
    [
      'exited, a job that failed before the request',
      seen({ jobs: [{ ...newJob, state: 'fail', createdAt: now - 1 }] }),
      'unclear',
    ],
    ['exited, a job that was there', seen({ jobs: [{ ...newJob, id: 'job-old' }] }), 'no_effect'],
    ['exited, another one’s job', seen({ jobs: [{ ...newJob, instanceId: 'i-2' }] }), 'no_effect'],
    ['exited, a job of no known type', seen({ jobs: [{ ...newJob, type: null }] }), 'unclear'],
    ['exited, an image job', seen({ jobs: [{ ...newJob, type: 'saveImage' }] }), 'no_effect'],
    [
      'exited, the provider’s own migration',
      seen({ jobs: [{ ...newJob, type: 'autoInstanceMigrate' }] }),
      'unclear',
    ],
    [
      'exited, a job within the clock slack',
      seen({ jobs: [{ ...newJob, createdAt: now - 60 }] }),
      'took_effect',
    ],
    [
      'exited, an older job that was not listed',
      seen({ jobs: [{ ...newJob, createdAt: now - 61 }] }),
      'unclear',
    ],
    ['exited, a recent job without an id', seen({ jobs: [{ ...newJob, id: '' }] }), 'took_effect'],
    ['exited, an older job without an id', seen({ jobs: [{ ...newJob, id: '', createdAt: 5 }] }), 'unclear'],
    ['exited, a new job without a time', seen({ jobs: [{ ...newJob, createdAt: null }] }), 'took_effect'],
    ['exited, an old and a new job', seen({ jobs: [{ ...newJob, id: 'job-old' }, newJob] }), 'took_effect'],
  ];
  for (const [title, sighting, expected] of table) {
    it(`is ${expected}: ${title}`, () => expect(findEffect(sighting, before).finding).to.equal(expected));
  }
});

describe('findEffect, when a job without an id was listed before', () => {
  it('does not take another one for it', () => {
    const known = { ...before, knownJobIds: new Set(['']) };
    expect(findEffect(seen({ jobs: [{ ...newJob, id: '' }] }), known).finding).to.equal('took_effect');
  });
});

describe('settleWaits', () => {
  const table: readonly (readonly [number, readonly number[]])[] = [
    [1, [4, 8, 16]],
    [500, [2000, 4000, 8000]],
    [1071, [4284, 8568, 17_136]],
    [60_000, [4285, 8571, 17_142]],
  ];
  for (const [baseMs, waits] of table) {
    it(`waits ${waits.join(', ')} ms for a base of ${baseMs}`, () => {
      expect(settleWaits(baseMs)).to.deep.equal(waits);
      expect(waits.reduce((sum, wait) => sum + wait)).to.be.at.most(30_000);
    });
  }
});
