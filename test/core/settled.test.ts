import { expect } from 'chai';
import { type EarlierMigration, type EarlierRuns, noEarlierRuns } from '../../src/core/earlierRuns.js';
import type { Job } from '../../src/core/job.js';
import { settledMigrations } from '../../src/core/settled.js';
import { aJob, now } from '../support/builders.js';

const interval = 15 * 60;
const job = (changes: Partial<Job> = {}): Job => aJob({ createdAt: now - 600, ...changes });
const migration = (changes: Partial<EarlierMigration> = {}): EarlierMigration => ({
  instanceId: 'i-1',
  jobId: 'job-1',
  requestedAt: now - 601,
  isCertain: true,
  isTold: false,
  ...changes,
});

function told(jobs: readonly Job[], earlier: Partial<EarlierRuns> = {}) {
  return settledMigrations({
    jobs,
    earlier: { ...noEarlierRuns, ...earlier },
    isConsidered: (id) => id.startsWith('i-'),
    startedSeconds: now,
    intervalSeconds: interval,
  });
}

describe('settledMigrations, without a journal', () => {
  const table: readonly (readonly [string, Partial<Job>, boolean])[] = [
    ['one that has succeeded', {}, true],
    ['one that has failed', { state: 'fail' }, true],
    ['one that goes on', { state: 'running' }, false],
    ['one in a state that is not known', { state: 'odd' }, false],
    ['one that began as the run before began', { createdAt: now - interval }, true],
    ['one that began before that', { createdAt: now - interval - 1 }, false],
    ['one without a time', { createdAt: null }, false],
    ['one of an instance that the run is not about', { instanceId: 'other' }, false],
    ['an image', { type: 'saveImage' }, false],
    ['the provider’s own migration', { type: 'autoInstanceMigrate' }, false],
  ];
  for (const [title, changes, isTold] of table) {
    it(`${isTold ? 'tells' : 'does not tell'} ${title}`, () => {
      expect(told([job(changes)])).to.have.length(isTold ? 1 : 0);
    });
  }

  it('tells what the job says', () => {
    const failed = job({ state: 'break', errorMessage: 'no node' });
    expect(told([failed])).to.deep.equal([
      { instanceId: 'i-1', jobId: 'job-1', state: 'failed', error: 'no node', requestedAt: now - 600 },
    ]);
    expect(told([job({ id: '', errorMessage: 'odd' })])[0]).to.include({ jobId: null, error: null });
  });
});

describe('settledMigrations, with a journal', () => {
  const old = { createdAt: now - 7_200 };
  const asked = { requestedAt: now - 7_201 };
  it('tells what it knows to be unsettled, however long it took', () => {
    expect(told([job(old)], { migrations: [migration(asked)] })[0]).to.include(asked);
  });

  it('tells nothing while it goes on, and nothing that was told', () => {
    expect(told([job({ ...old, state: 'running' })], { migrations: [migration(asked)] })).to.deep.equal([]);
    const again = { migrations: [migration({ isTold: true })], toldJobIds: new Set(['job-1']) };
    expect(told([job()], again)).to.deep.equal([]);
  });

  it('finds by its time a migration whose job is not known', () => {
    const unnamed = migration({ ...asked, jobId: null });
    expect(told([job(old)], { migrations: [unnamed] })).to.have.length(1);
    expect(told([job({ ...old, createdAt: now - 8_000 })], { migrations: [unnamed] })).to.deep.equal([]);
    expect(told([job({ ...old, instanceId: 'i-2' })], { migrations: [unnamed] })).to.deep.equal([]);
    const told1 = { migrations: [migration({ jobId: null, isTold: true })] };
    expect(told([job()], told1)).to.deep.equal([]);
  });

  it('finds by its time one whose job has an id that the list does not know', () => {
    expect(told([job(old)], { migrations: [migration({ ...asked, jobId: 'other-kind' })] })).to.have.length(
      1,
    );
  });

  it('tells two of one instance apart', () => {
    const jobs = [
      job({ id: 'a', state: 'fail', createdAt: now - 7_200 }),
      job({ id: 'b', createdAt: now - 600 }),
    ];
    const migrations = [
      migration({ jobId: null, requestedAt: now - 7_201 }),
      migration({ jobId: null, requestedAt: now - 601 }),
    ];
    const both = told(jobs, { migrations });
    expect(both.map(({ jobId, requestedAt }) => [jobId, requestedAt])).to.deep.equal([
      ['a', now - 7_201],
      ['b', now - 601],
    ]);
  });

  it('tells those of other hosts that began since its own last run, however long ago that was', () => {
    expect(told([job(old)], { lastRunAt: now - 7_200 })).to.have.length(1);
    expect(told([job(old)], { lastRunAt: now - 7_199 })).to.have.length(0);
    expect(told([job()], { lastRunAt: now - 60 })).to.have.length(1);
  });
});
