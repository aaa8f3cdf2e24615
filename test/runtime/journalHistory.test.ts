import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { journalMentions, readJournalHistory, readJournalSince } from '../../src/runtime/journalHistory.js';
import { StateError } from '../../src/runtime/stateError.js';
import { newFolder, removeFolders } from '../support/migrateRun.js';
import { journalText, type PastRun } from '../support/pastRuns.js';

const success = (id: string): PastRun => ({ id, startedAtMs: 0, exitCode: 0 });
const failed = (id: string): PastRun => ({ id, startedAtMs: 0, exitCode: 20 });

describe('readJournalSince', () => {
  afterEach(removeFolders);

  it('reads the one that was moved aside only where the newer one does not go back far enough', () => {
    const path = join(newFolder(), 'journal.jsonl');
    const read = (sinceMs: number): number => readJournalSince(path, sinceMs)?.entries.length ?? 0;
    expect(readJournalSince(path, 0)).to.equal(null);
    writeFileSync(`${path}.1`, journalText([{ id: 'a', startedAtMs: 1_000, exitCode: 0 }]));
    const [older] = [read(0)];
    expect(older).to.be.above(0);
    writeFileSync(path, journalText([{ id: 'b', startedAtMs: 5_000, exitCode: 0 }]));
    expect([read(4_999), read(5_000)]).to.deep.equal([2 * older, older]);
    writeFileSync(path, '');
    expect(read(4_999)).to.equal(older);
  });
});

describe('journalMentions', () => {
  let path: string;
  beforeEach(() => {
    path = join(newFolder(), 'journal.jsonl');
  });
  afterEach(removeFolders);

  const files: readonly (readonly [string, string | null, string | null, boolean])[] = [
    ['neither is there', null, null, false],
    ['neither has the word', 'one\n', 'two\n', false],
    ['the journal has it', 'a word\n', null, true],
    ['the one moved aside has it', 'one\n', 'a word\n', true],
    ['the journal has it and the other cannot be read', 'a word\n', 'folder', true],
  ];
  for (const [title, newer, older, expected] of files) {
    it(`says ${expected} when ${title}`, () => {
      if (newer !== null) writeFileSync(path, newer);
      if (older === 'folder') mkdirSync(`${path}.1`);
      else if (older !== null) writeFileSync(`${path}.1`, older);
      expect(journalMentions(path, 'word')).to.equal(expected);
    });
  }
});

describe('readJournalHistory', () => {
  let path: string;
  beforeEach(() => {
    path = join(newFolder(), 'journal.jsonl');
  });
  afterEach(removeFolders);

  function idsRead(runs: number): readonly string[] {
    const { entries } = readJournalHistory(path, runs) ?? { entries: [] };
    return [...new Set(entries.map(({ runId }) => runId))];
  }

  it('finds nothing where there is nothing, and leaves nothing', () => {
    expect(readJournalHistory(path, 10)).to.equal(null);
    expect(readJournalHistory(join(path, 'below', 'nothing'), 10)).to.equal(null);
    expect(readdirSync(join(path, '..'))).to.deep.equal([]);
  });

  const table: readonly (readonly [string, PastRun[] | null, PastRun[] | null, number, string[]])[] = [
    ['the journal alone', [success('a')], null, 10, ['a']],
    ['the one moved aside alone', null, [success('a')], 10, ['a']],
    ['both, when more runs are wanted', [success('b')], [success('a')], 2, ['a', 'b']],
    ['one, when it has all that is wanted', [success('b')], [success('a')], 1, ['b']],
    ['both, when the newer one has no success', [failed('b')], [success('a')], 1, ['a', 'b']],
    [
      'both, when the newer one has a success for a few instances only',
      [{ ...success('b'), wholeAccount: false }],
      [success('a')],
      1,
      ['a', 'b'],
    ],
  ];
  for (const [title, newer, older, runs, expected] of table) {
    it(`reads ${title}`, () => {
      if (newer !== null) writeFileSync(path, journalText(newer));
      if (older !== null) writeFileSync(`${path}.1`, journalText(older));
      expect(idsRead(runs)).to.deep.equal(expected);
    });
  }

  it('counts lines of both that are none', () => {
    writeFileSync(path, 'torn\n');
    writeFileSync(`${path}.1`, 'torn\ntorn\n');
    expect(readJournalHistory(path, 1)?.unreadableLines).to.equal(3);
  });

  const unusable: readonly (readonly [string, (path: string) => void, RegExp])[] = [
    ['a folder', (at) => mkdirSync(at), /is not a plain file/],
    ['a symbolic link', (at) => symlinkSync('/etc/passwd', at), /is not a plain file/],
    ['a pipe that nobody writes to', (at) => execFileSync('mkfifo', [at]), /is not a plain file/],
  ];
  for (const [title, make, message] of unusable) {
    it(`refuses ${title}`, () => {
      make(path);
      expect(() => readJournalHistory(path, 1)).to.throw(StateError, message);
    });
  }
});
