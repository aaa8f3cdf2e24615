import { expect } from 'chai';
import { earlierRuns, unsettledMigrations } from '../../src/core/earlierRuns.js';
import { readJournal } from '../../src/core/journalEntry.js';
import { now } from '../support/builders.js';

type Line = Readonly<Record<string, unknown>>;

/** Reads lines as a journal holds them; each is a minute after the one before, the last one an hour ago. */
function read(...lines: readonly Line[]) {
  const at = (index: number): string =>
    new Date((now - 3_600 - (lines.length - 1 - index) * 60) * 1000).toISOString();
  const text = lines
    .map((line, index) => JSON.stringify({ time: at(index), runId: 'run-1', ...line }))
    .join('\n');
  return earlierRuns(readJournal(text).entries);
}

const start: Line = { type: 'run_start', pid: 1, host: 'here', version: '1' };
const intent: Line = { type: 'intent', instanceId: 'i-1', attempt: 1 };
const result = (outcome: string, more: Line = {}): Line => ({
  type: 'result',
  instanceId: 'i-1',
  outcome,
  error: null,
  ...more,
});
const migrated = result('migrated', { jobId: 'job-1' });
const settled: Line = {
  type: 'settled',
  runId: 'run-2',
  instanceId: 'i-1',
  jobId: 'job-1',
  state: 'failed',
  requestedAt: now - 3_000,
};

describe('earlierRuns', () => {
  const unsettled: readonly (readonly [string, readonly Line[], number])[] = [
    ['an empty journal', [], 0],
    ['a migration', [start, intent, migrated], 1],
    ['one of an older version, without a job', [start, intent, result('migrated')], 1],
    ['a refusal', [start, intent, result('no_capacity')], 0],
    ['one that was seen running', [start, intent, migrated, result('recovered')], 0],
    [
      'one that was seen to fail',
      [start, intent, migrated, result('failed', { error: 'migration_failed' })],
      0,
    ],
    ['a request that failed', [start, intent, result('failed', { error: 'rate_limited' })], 0],
    ['one that a later run has told of', [start, intent, migrated, settled], 0],
    ['one that was told of without its job', [start, intent, migrated, { ...settled, jobId: null }], 0],
    ['another instance told of', [start, intent, migrated, { ...settled, instanceId: 'i-2' }], 1],
    ['an older one told of', [start, intent, migrated, { ...settled, requestedAt: now - 90_000 }], 1],
    ['an unknown one', [start, intent, result('unknown')], 0],
    ['a line without a time', [{ ...migrated, time: 'soon' }], 0],
  ];
  for (const [title, lines, count] of unsettled) {
    it(`${title}: ${count} unsettled`, () => {
      expect(unsettledMigrations(read(...lines), now)).to.have.length(count);
    });
  }

  it('takes the time of the first request, the job, and when the last run began', () => {
    const earlier = read(start, intent, { ...intent, attempt: 2 }, migrated, { ...start, runId: 'run-2' });
    expect(earlier.migrations).to.deep.equal([
      { instanceId: 'i-1', jobId: 'job-1', requestedAt: now - 3_600 - 180, isCertain: true, isTold: false },
    ]);
    expect(earlier.lastRunAt).to.equal(now - 3_600);
  });

  it('does not take a run for a few instances for one that has told of others', () => {
    const earlier = read(start, { ...start, runId: 'run-2', wholeAccount: false });
    expect(earlier.lastRunAt).to.equal(now - 3_600 - 60);
  });

  it('keeps the job of a migration that was followed to its end', () => {
    const earlier = read(start, intent, migrated, result('recovered'));
    expect(earlier.migrations[0]).to.include({ jobId: 'job-1', isTold: true });
    expect([...earlier.toldJobIds]).to.deep.equal(['job-1']);
  });

  it('awaits one that may never have begun for an hour, and others for a day', () => {
    const uncertain = read(start, intent, result('unknown'));
    expect(unsettledMigrations(uncertain, now - 1_000)).to.have.length(1);
    const killed = read(start, intent);
    expect(unsettledMigrations(killed, now - 1_000)).to.have.length(1);
    const certain = read(start, intent, migrated);
    expect(unsettledMigrations(certain, now + 20 * 3_600)).to.have.length(1);
    expect(unsettledMigrations(certain, now + 23 * 3_600)).to.have.length(0);
  });
});
