import { expect } from 'chai';
import { type JournalEntry, openIntents, readJournal } from '../../src/core/journalEntry.js';
import { emptySummary } from '../../src/core/summary.js';

const time = '2026-11-24T12:00:00.000Z';
const intent = (instanceId: string, runId = 'run-1', attempt = 1): JournalEntry => ({
  type: 'intent',
  time,
  runId,
  instanceId,
  attempt,
});
const result = (instanceId: string, runId = 'run-1'): JournalEntry => ({
  type: 'result',
  time,
  runId,
  instanceId,
  outcome: 'migrated',
  error: null,
});
const lines = (...entries: readonly JournalEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');

describe('readJournal', () => {
  it('reads every entry', () => {
    const start: JournalEntry = {
      type: 'run_start',
      time,
      runId: 'run-1',
      pid: 7,
      host: 'here',
      version: '1.0.0',
    };
    const end: JournalEntry = {
      type: 'run_end',
      time,
      runId: 'run-1',
      exitCode: 0,
      exitReason: 'ok',
      durationMs: 5,
      summary: emptySummary,
    };
    const entries = [start, intent('a'), result('a'), end];
    expect(readJournal(lines(...entries))).to.deep.equal({ entries, unreadableLines: 0 });
  });

  it('reads nothing from nothing', () => {
    expect(readJournal('')).to.deep.equal({ entries: [], unreadableLines: 0 });
    expect(readJournal('\n \n')).to.deep.equal({ entries: [], unreadableLines: 0 });
  });

  const unreadable: readonly string[] = [
    'garbage',
    '{"type":"intent","time":"2026',
    'null',
    '[]',
    '"text"',
    '{}',
    `{"type":"other","time":"${time}","runId":"run-1"}`,
    `{"type":"run_end","runId":"run-1"}`,
    `{"type":"run_end","time":"${time}"}`,
    `{"type":"intent","time":"${time}","runId":"run-1"}`,
    `{"type":"result","time":"${time}","runId":"run-1","instanceId":7}`,
    '\u0000\u0000\u0000',
  ];
  for (const line of unreadable) {
    it(`leaves out and counts ${JSON.stringify(line)}`, () => {
      const text = `${lines(intent('a'))}${line}\n${lines(result('a'))}`;
      expect(readJournal(text)).to.deep.equal({ entries: [intent('a'), result('a')], unreadableLines: 1 });
    });
  }
});

describe('openIntents', () => {
  const table: readonly (readonly [string, readonly JournalEntry[], readonly string[]])[] = [
    ['none', [], []],
    ['one without a result', [intent('a')], ['run-1 a']],
    ['one with its result', [intent('a'), result('a')], []],
    ['one of two', [intent('a'), intent('b'), result('a')], ['run-1 b']],
    ['one of several attempts', [intent('a'), intent('a', 'run-1', 2)], ['run-1 a']],
    ['one whose result is another run’s', [intent('a'), result('a', 'run-2')], ['run-1 a']],
    ['one in each of two runs', [intent('a'), intent('a', 'run-2')], ['run-1 a', 'run-2 a']],
    ['a result without an intent', [result('a')], []],
  ];
  for (const [title, entries, expected] of table) {
    it(`finds ${title}`, () => {
      expect(openIntents(entries).map(({ runId, instanceId }) => `${runId} ${instanceId}`)).to.deep.equal(
        expected,
      );
    });
  }
});
