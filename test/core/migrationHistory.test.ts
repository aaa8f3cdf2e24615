import { expect } from 'chai';
import type { Job } from '../../src/core/job.js';
import { emptyHistory, historyByInstance } from '../../src/core/migrationHistory.js';
import { aJob, now } from '../support/builders.js';

const day = 86_400;

function historyOf(...jobs: readonly Job[]) {
  return historyByInstance(jobs, now).get('i-1') ?? emptyHistory;
}

describe('historyByInstance', () => {
  it('knows nothing of an instance without jobs', () => {
    expect(historyByInstance([aJob({ instanceId: 'other' })], now).has('i-1')).to.equal(false);
  });

  it('knows nothing of anything without jobs', () => expect(historyByInstance([], now).size).to.equal(0));

  it('finds nothing in a migration that failed long ago', () => {
    const history = historyOf(aJob({ state: 'fail', createdAt: now - 2 * day }));
    expect(history).to.deep.equal(emptyHistory);
  });

  it('puts everything that it knows of one instance together', () => {
    const open = aJob({ id: 'open', state: 'running', createdAt: now });
    const failure = aJob({ id: 'failure', state: 'fail', createdAt: now - 60 });
    const success = aJob({ id: 'success', createdAt: now - 90 });
    expect(historyOf(open, failure, success)).to.deep.equal({
      openJob: open,
      lastSuccessAt: now - 90,
      recentFailures: [failure],
      recentJobs: [open, failure, success],
    });
  });

  it('lists the migrations of a day and what is open, newest first', () => {
    const jobs = [
      aJob({ id: 'of yesterday', createdAt: now - day }),
      aJob({ id: 'oldest', createdAt: now - day + 1 }),
      aJob({ id: 'of no time', createdAt: null, state: 'fail' }),
      aJob({ id: 'image', type: 'saveImage', createdAt: now - 5 }),
      aJob({ id: 'image that is saved', type: 'saveImage', state: 'running', createdAt: now - 3 * day }),
      aJob({ id: 'of no type', type: null, createdAt: now - 9 }),
      aJob({ id: 'automatic', type: 'autoInstanceMigrate', state: 'break', createdAt: now - 8 }),
    ];
    const ids = historyOf(...jobs).recentJobs.map(({ id }) => id);
    expect(ids).to.deep.equal(['of no time', 'automatic', 'of no type', 'oldest', 'image that is saved']);
  });

  it('finds an open job behind closed ones', () => {
    const open = aJob({ id: 'open', type: 'saveImage', state: 'pulling' });
    expect(historyOf(aJob(), aJob({ state: 'fail' }), open).openJob).to.equal(open);
  });

  it('keeps instances apart', () => {
    const histories = historyByInstance([aJob(), aJob({ instanceId: 'i-2', state: 'running' }), aJob()], now);
    expect([...histories.keys()]).to.deep.equal(['i-1', 'i-2']);
    expect(histories.get('i-1')?.openJob).to.equal(null);
    expect(histories.get('i-2')?.openJob).not.to.equal(null);
  });

  const blocking: readonly (readonly [Partial<Job>, boolean])[] = [
    [{ state: 'pulling' }, true],
    [{ state: 'running' }, true],
    [{ state: 'success' }, false],
    [{ state: 'fail' }, false],
    [{ state: 'break' }, false],
    [{ state: 'paused' }, true],
    [{ state: null }, true],
    [{ type: 'autoInstanceMigrate', state: 'running' }, true],
    [{ type: 'autoInstanceMigrate', state: 'success' }, false],
    [{ type: 'saveImage', state: 'running' }, true],
    [{ type: 'saveImage', state: 'success' }, false],
    [{ type: 'saveImage', state: null }, true],
    [{ type: null, state: 'success' }, false],
    [{ type: null, state: null }, true],
    [{ state: '' }, true],
    [{ type: null, state: 'running' }, true],
    [{ type: 'somethingElse', state: 'running' }, false],
    [{ state: 'running', createdAt: now - 30 * day }, true],
    [{ state: 'running', createdAt: null }, true],
  ];
  for (const [changes, expected] of blocking) {
    it(`${expected ? 'blocks' : 'does not block'} for ${JSON.stringify(changes)}`, () => {
      expect(historyOf(aJob(changes)).openJob !== null).to.equal(expected);
    });
  }

  const successes: readonly (readonly [string, readonly Partial<Job>[], number | null])[] = [
    ['the only one', [{ createdAt: now - 50 }], now - 50],
    ['the newest', [{ createdAt: now - 50 }, { createdAt: now - 20 }, { createdAt: now - 90 }], now - 20],
    ['one before a failure', [{ createdAt: now - 50 }, { state: 'fail', createdAt: now - 20 }], now - 50],
    ['one of the provider', [{ type: 'autoInstanceMigrate', createdAt: now - 7 }], now - 7],
    ['one of unknown type', [{ type: null, createdAt: now - 7 }], now - 7],
    ['none, of an image', [{ type: 'saveImage' }], null],
    ['none, of a job of another type', [{ type: 'somethingElse' }], null],
    ['none, of one that goes on', [{ state: 'running' }, { state: null }], null],
    ['one that is ahead of our clock', [{ createdAt: now + 5 }, { createdAt: now - 5 }], now + 5],
    ['none, of failures', [{ state: 'fail' }, { state: 'break' }], null],
    ['now, when it has no time', [{ createdAt: null }], now],
  ];
  for (const [title, changes, expected] of successes) {
    it(`finds the last success: ${title}`, () => {
      expect(historyOf(...changes.map((each) => aJob(each))).lastSuccessAt).to.equal(expected);
    });
  }

  const failed: readonly (readonly [Partial<Job>, number])[] = [
    [{ state: 'fail', createdAt: now }, 1],
    [{ state: 'break', createdAt: now }, 1],
    [{ state: 'fail', createdAt: now - day + 1 }, 1],
    [{ state: 'fail', createdAt: now - day }, 0],
    [{ state: 'fail', createdAt: now - day - 1 }, 0],
    [{ state: 'fail', createdAt: now + 5 }, 1],
    [{ state: 'break', createdAt: now - day }, 0],
    [{ state: 'fail', createdAt: null }, 1],
    [{ state: 'fail', createdAt: now, type: 'saveImage' }, 0],
    [{ state: 'fail', createdAt: now, type: 'autoInstanceMigrate' }, 1],
    [{ state: 'fail', createdAt: now, type: null }, 1],
    [{ state: 'fail', createdAt: now, type: 'somethingElse' }, 0],
    [{ state: 'success', createdAt: now }, 0],
    [{ state: 'running', createdAt: now }, 0],
    [{ state: '', createdAt: now }, 0],
    [{ state: null, createdAt: now }, 0],
  ];
  for (const [changes, count] of failed) {
    it(`counts ${count} recent failures of ${JSON.stringify(changes)}`, () => {
      expect(historyOf(aJob(changes)).recentFailures).to.have.length(count);
    });
  }
});
