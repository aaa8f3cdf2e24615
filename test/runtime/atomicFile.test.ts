import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { writeFileAtomically } from '../../src/runtime/atomicFile.js';
import { StateError } from '../../src/runtime/stateError.js';
import { useTemporaryFolder } from './temporaryFolder.js';

const source = fileURLToPath(new URL('../../src/runtime/atomicFile.ts', import.meta.url));

describe('writeFileAtomically', () => {
  const at = useTemporaryFolder();

  for (const umask of [0o000, 0o022, 0o077, 0o777]) {
    for (const mode of [0o644, 0o600]) {
      it(`gives a file the mode ${mode.toString(8)} under the umask ${umask.toString(8)}`, () => {
        const before = process.umask(umask);
        try {
          writeFileAtomically(at('file'), 'text', mode);
        } finally {
          process.umask(before);
        }
        expect(statSync(at('file')).mode & 0o777).to.equal(mode);
      });
    }
  }

  it('replaces a file as a whole, its mode included, and leaves nothing else', () => {
    writeFileSync(at('file'), 'a text that is longer', { mode: 0o600 });
    const { ino } = statSync(at('file'));
    writeFileAtomically(at('file'), 'new', 0o644);
    expect(readFileSync(at('file'), 'utf8')).to.equal('new');
    expect(statSync(at('file')).mode & 0o777).to.equal(0o644);
    expect(statSync(at('file')).ino, 'another file').not.to.equal(ino);
    expect(readdirSync(at())).to.deep.equal(['file']);
  });

  it('cannot write into a folder that is missing', () => {
    expect(() => writeFileAtomically(at('no', 'file'), 'text', 0o644)).to.throw(StateError, 'ENOENT');
  });

  it('cannot write below a file', () => {
    writeFileSync(at('file'), 'old');
    expect(() => writeFileAtomically(at('file', 'x'), 'text', 0o644)).to.throw(StateError, 'not a folder');
  });

  it('cannot replace a folder, and leaves nothing behind', () => {
    mkdirSync(at('folder'));
    expect(() => writeFileAtomically(at('folder'), 'text', 0o644)).to.throw(StateError, 'is a folder');
    expect(readdirSync(at())).to.deep.equal(['folder']);
  });

  const others: readonly (readonly [string, (path: string) => unknown])[] = [
    ['a pipe', (path) => spawnSync('mkfifo', [path])],
    ['a link, as /dev/stdout is', (path) => symlinkSync('/dev/null', path)],
  ];
  for (const [title, make] of others) {
    it(`does not replace ${title}`, () => {
      make(at('other'));
      const { ino } = lstatSync(at('other'));
      expect(() => writeFileAtomically(at('other'), 'text', 0o644)).to.throw(StateError, 'not a plain file');
      expect(lstatSync(at('other')).ino).to.equal(ino);
      expect(readdirSync(at())).to.deep.equal(['other']);
    });
  }

  it('keeps the old file where the folder does not let it write', () => {
    // Root may write anywhere but in the kernel's own folders.
    const isRoot = process.getuid?.() === 0;
    const path = isRoot ? '/proc/version' : at('shut', 'file');
    if (!isRoot) {
      mkdirSync(at('shut'));
      writeFileSync(path, 'old');
      chmodSync(at('shut'), 0o500);
    }
    const old = readFileSync(path, 'utf8');
    expect(() => writeFileAtomically(path, 'new', 0o644)).to.throw(StateError, path);
    expect(readFileSync(path, 'utf8')).to.equal(old);
    if (!isRoot) chmodSync(at('shut'), 0o700);
  });

  it('keeps the old file and leaves no part of the new one when there is no room for it', () => {
    // A limit on the size of files stops a write half way, as a full disk does.
    writeFileSync(at('file'), 'old');
    const script = `
      import { writeFileAtomically } from ${JSON.stringify(source)};
      process.on('SIGXFSZ', () => undefined);
      try { writeFileAtomically(${JSON.stringify(at('file'))}, 'x'.repeat(3_000_000), 0o644); console.log('written'); }
      catch (error) { console.log(error.message); }`;
    const { stdout, stderr } = spawnSync(
      '/bin/sh',
      [
        '-c',
        'ulimit -f 1000; exec "$0" --import=tsx/esm --input-type=module -e "$1"',
        process.execPath,
        script,
      ],
      { encoding: 'utf8' },
    );
    expect(stdout, stderr).to.include(at('file')).and.include('EFBIG');
    expect(readFileSync(at('file'), 'utf8')).to.equal('old');
    expect(readdirSync(at())).to.deep.equal(['file']);
  });
});
