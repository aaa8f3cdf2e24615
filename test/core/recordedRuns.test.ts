import { expect } from 'chai';
import type { JournalEntry } from '../../src/core/journalEntry.js';
import { type RecordedRun, recordedRuns, type RunningFacts } from '../../src/core/recordedRuns.js';
import { emptySummary } from '../../src/core/summary.js';
import { linesOf } from '../support/pastRuns.js';

const nowMs = Date.UTC(2026, 10, 24, 12);
const jobTimeoutMs = 600_000;

function read(entries: readonly unknown[], changes: Partial<RunningFacts> = {}): readonly RecordedRun[] {
  const facts = { nowMs, jobTimeoutMs, isAlive: () => true, ...changes };
  return recordedRuns(entries as readonly JournalEntry[], facts);
}

const open = (agoMs: number) => linesOf({ id: 'open', startedAtMs: nowMs - agoMs, exitCode: null });
const summaryOfBefore = Object.fromEntries(
  Object.entries(emptySummary).filter(([name]) => name !== 'ambiguous'),
);
const over = linesOf({ id: 'over', startedAtMs: nowMs - 60_000, exitCode: 20 });

describe('recordedRuns', () => {
  it('puts the start and the end of a run together', () => {
    const [run] = read(over);
    expect(run).to.deep.include({
      runId: 'over',
      state: 'ended',
      startedAtMs: nowMs - 60_000,
      endedAtMs: nowMs - 50_000,
      durationMs: 10_000,
      exitCode: 20,
      exitReason: 'partial',
      pid: 4711,
      host: 'here',
    });
    expect(run?.summary?.errors).to.equal(1);
  });

  const states: readonly (readonly [string, ReturnType<typeof read>, RecordedRun['state']])[] = [
    ['whose process lives', read(open(1_000)), 'running'],
    ['whose process is gone', read(open(1_000), { isAlive: () => false }), 'killed'],
    ['of another host, within its time', read(open(660_000), { isAlive: () => null }), 'running'],
    ['of another host, past its time', read(open(660_001), { isAlive: () => null }), 'killed'],
    ['whose process number lives on past its time', read(open(660_001)), 'killed'],
  ];
  for (const [title, runs, state] of states) {
    it(`says ${state} of a run without an end ${title}`, () => expect(runs[0]?.state).to.equal(state));
  }

  it('asks for the process by its number and host', () => {
    const asked: unknown[] = [];
    read(open(0), { isAlive: (...process) => asked.push(process) > 0 });
    expect(asked).to.deep.equal([[4711, 'here']]);
  });

  it('takes no run for one that goes on which another has followed', () => {
    expect(read([...open(120_000), ...over]).map(({ state }) => state)).to.deep.equal(['ended', 'killed']);
  });

  it('leaves out what is about single instances', () => {
    const intent = { type: 'intent', time: '', runId: 'x', instanceId: 'i', attempt: 1 };
    expect(read([intent])).to.deep.equal([]);
  });

  const odd: readonly (readonly [string, unknown, Partial<RecordedRun>])[] = [
    [
      'a start of no time',
      { type: 'run_start', time: 'soon', runId: 'r' },
      { state: 'killed', startedAtMs: null, pid: null },
    ],
    [
      'an end alone',
      { type: 'run_end', time: '', runId: 'r', exitCode: 0 },
      { state: 'ended', exitCode: 0, summary: null },
    ],
    ['an exit code of text', { type: 'run_end', time: '', runId: 'r', exitCode: '0' }, { exitCode: null }],
    [
      'a summary without the counts of later versions',
      { type: 'run_end', time: '', runId: 'r', summary: summaryOfBefore },
      { summary: emptySummary },
    ],
    [
      'ids in quarantine',
      { type: 'run_end', time: '', runId: 'r', quarantined: ['i-1', 'i-2\u001b[31m'] },
      { quarantined: ['i-1', 'i-2\ufffd[31m'] },
    ],
    ['ids that are none', { type: 'run_end', time: '', runId: 'r', quarantined: [1] }, { quarantined: null }],
    ['no word of a quarantine', { type: 'run_end', time: '', runId: 'r' }, { quarantined: null }],
    ['a start of before', { type: 'run_start', time: '', runId: 'r' }, { wholeAccount: true }],
    [
      'a start for a few',
      { type: 'run_start', time: '', runId: 'r', wholeAccount: false },
      { wholeAccount: false },
    ],
    ['half a summary', { type: 'run_end', time: '', runId: 'r', summary: { total: 1 } }, { summary: null }],
    [
      'an escape',
      { type: 'run_end', time: '', runId: 'r', exitReason: '\u001b[2J' },
      { exitReason: '\uFFFD[2J' },
    ],
  ];
  for (const [title, line, expected] of odd) {
    it(`makes the best of ${title}`, () => expect(read([line])[0]).to.deep.include(expected));
  }
});
