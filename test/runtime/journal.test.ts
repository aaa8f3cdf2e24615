import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { JournalEntry } from '../../src/core/journalEntry.js';
import { openJournal } from '../../src/runtime/journal.js';
import { StateError } from '../../src/runtime/stateError.js';
import { useTemporaryFolder } from './temporaryFolder.js';

const entry: JournalEntry = {
  type: 'intent',
  time: '2026-11-24T12:00:00.000Z',
  runId: 'run-1',
  instanceId: 'i-1',
  attempt: 1,
};
const line = `${JSON.stringify(entry)}\n`;

describe('openJournal', () => {
  const at = useTemporaryFolder();
  const open = (problems: StateError[] = []) =>
    openJournal(at('journal'), (problem) => problems.push(problem));

  it('only ever adds to it', async () => {
    writeFileSync(at('journal'), line);
    const journal = open();
    expect(journal.earlier).to.deep.equal({ entries: [entry], unreadableLines: 0 });
    journal.write(entry);
    await journal.writeDurably(entry);
    journal.close();
    expect(readFileSync(at('journal'), 'utf8')).to.equal(line.repeat(3));
  });

  it('writes many lines at once, each whole and in their order', async () => {
    const journal = open();
    const entries = Array.from({ length: 50 }, (_, attempt) => ({ ...entry, attempt }));
    await Promise.all(entries.map((each) => journal.writeDurably(each)));
    journal.close();
    expect(open().earlier).to.deep.equal({ entries, unreadableLines: 0 });
  });

  it('has a durable line only when the disk says so', async () => {
    const problems: StateError[] = [];
    const journal = open(problems);
    const written = journal.writeDurably(entry);
    journal.close();
    await written;
    expect(problems).to.have.length(1);
    expect(readFileSync(at('journal'), 'utf8')).to.equal(line);
  });

  it('is for this user alone', () => {
    open().close();
    expect(statSync(at('journal')).mode & 0o777).to.equal(0o600);
  });

  it('keeps a torn line from swallowing the next one', () => {
    writeFileSync(at('journal'), `${line}{"type":"inte`);
    const journal = open();
    expect(journal.earlier.unreadableLines).to.equal(1);
    journal.write(entry);
    journal.close();
    expect(open().earlier).to.deep.equal({ entries: [entry, entry], unreadableLines: 1 });
  });

  it('is moved aside when it is over 5 MiB, and still read', () => {
    writeFileSync(at('journal'), line);
    appendFileSync(at('journal'), `${' '.repeat(5 * 1024 * 1024)}\n`);
    const journal = open();
    expect(journal.earlier.entries).to.deep.equal([entry]);
    journal.write(entry);
    journal.close();
    expect(readFileSync(at('journal'), 'utf8')).to.equal(line);
    expect(statSync(at('journal.1')).size).to.be.above(5 * 1024 * 1024);
  });

  it('is not moved aside before that', () => {
    writeFileSync(at('journal'), line);
    open().close();
    expect(existsSync(at('journal.1'))).to.equal(false);
  });

  it('reads the end of one that has grown out of all proportion', () => {
    writeFileSync(at('journal'), `${'x'.repeat(12 * 1024 * 1024)}\n${line}`);
    const journal = open();
    journal.close();
    expect(journal.earlier.entries).to.deep.equal([entry]);
  });

  it('tells what could not be written, and goes on', async () => {
    const problems: StateError[] = [];
    const journal = open(problems);
    journal.close();
    journal.write(entry);
    await journal.writeDurably(entry);
    expect(problems).to.have.length(2);
    expect(problems[0]).to.be.instanceOf(StateError);
  });

  it('cannot be opened where there is no folder', () => {
    expect(() => openJournal(at('missing', 'journal'), () => undefined)).to.throw(StateError);
  });
});
