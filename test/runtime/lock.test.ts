import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { acquireLock, type LockAttempt, type LockHolder } from '../../src/runtime/lock.js';
import { StateError } from '../../src/runtime/stateError.js';
import { useTemporaryFolder } from './temporaryFolder.js';

const holder: LockHolder = { pid: 7, host: 'here', startedAt: '2026-11-24T12:00:00.000Z' };

function release(attempt: LockAttempt): void {
  if (attempt.kind === 'acquired') attempt.release();
}

for (const [mechanism, path] of [
  ['flock', process.env['PATH']],
  ['an abstract socket', '/nonexistent'],
] as const) {
  describe(`acquireLock, with ${mechanism}`, () => {
    const at = useTemporaryFolder();
    const original = process.env['PATH'];
    before(() => (process.env['PATH'] = path));
    after(() => (process.env['PATH'] = original));

    it('lets one hold it, and names that one to the others', async () => {
      const first = await acquireLock(at('lock'), holder);
      expect(first.kind).to.equal('acquired');
      const second = await acquireLock(at('lock'), { ...holder, pid: 8 });
      expect(second).to.deep.equal({ kind: 'held', holder });
      release(first);
    });

    it('can be taken again when it was let go of', async () => {
      release(await acquireLock(at('lock'), { ...holder, host: 'a host with a long name' }));
      const again = await acquireLock(at('lock'), holder);
      expect(again.kind).to.equal('acquired');
      expect(JSON.parse(readFileSync(at('lock'), 'utf8'))).to.deep.equal(holder);
      release(again);
    });

    it('is not held by what stands in the file', async () => {
      writeFileSync(at('lock'), JSON.stringify(holder));
      const attempt = await acquireLock(at('lock'), holder);
      expect(attempt.kind).to.equal('acquired');
      release(attempt);
    });

    for (const text of ['', 'garbage', 'null', '{"pid":"7"}']) {
      it(`is held by nobody known when the file holds ${JSON.stringify(text)}`, async () => {
        const first = await acquireLock(at('lock'), holder);
        writeFileSync(at('lock'), text);
        expect(await acquireLock(at('lock'), holder)).to.deep.equal({ kind: 'held', holder: null });
        release(first);
      });
    }

    it('keeps locks of different folders apart', async () => {
      const attempts = [await acquireLock(at('one'), holder), await acquireLock(at('other'), holder)];
      expect(attempts.map(({ kind }) => kind)).to.deep.equal(['acquired', 'acquired']);
      attempts.forEach(release);
    });
  });
}

describe('acquireLock, when the flock program fails', () => {
  const at = useTemporaryFolder();
  const original = process.env['PATH'];
  afterEach(() => (process.env['PATH'] = original));

  // With 1 and without a word it says that somebody else holds the lock.
  for (const code of [1, 71]) {
    it(`does not take it for a lock that is held: exit ${code}`, async () => {
      writeFileSync(at('flock'), `#!/bin/sh\necho no locks available >&2\nexit ${code}\n`, { mode: 0o755 });
      process.env['PATH'] = at();
      const error: unknown = await acquireLock(at('lock'), holder).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(StateError);
      expect(String(error)).to.include('cannot be locked (no locks available)');
    });
  }
});
