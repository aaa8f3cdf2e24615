import { closeSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { StateError } from '../../src/runtime/stateError.js';
import { openStateFile, prepareStateFolder } from '../../src/runtime/stateFolder.js';
import { useTemporaryFolder } from './temporaryFolder.js';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe('prepareStateFolder', () => {
  const at = useTemporaryFolder();

  it('makes the folder and those above it, for this user alone', () => {
    prepareStateFolder(at('a', 'b'));
    expect(modeOf(at('a', 'b'))).to.equal(0o700);
  });

  it('takes away what others may do in an existing one', () => {
    mkdirSync(at('open'), { mode: 0o755 });
    prepareStateFolder(at('open'));
    expect(modeOf(at('open'))).to.equal(0o700);
  });

  it('takes away what others may do in one that an earlier run left', () => {
    mkdirSync(at('open'), { mode: 0o755 });
    const memories = ['notices.json', 'on-notice.json'];
    const unfinished = memories.map((name) => `.${name}.5-x.tmp`);
    for (const name of ['lock', 'journal.jsonl', 'journal.jsonl.1', ...memories, ...unfinished])
      writeFileSync(at('open', name), '');
    mkdirSync(at('open', 'accounts'));
    prepareStateFolder(at('open'));
    expect(modeOf(at('open'))).to.equal(0o700);
  });

  it('does not close a folder to others that is used for something else', () => {
    mkdirSync(at('shared'), { mode: 0o755 });
    writeFileSync(at('shared', 'of-somebody'), '');
    expect(() => prepareStateFolder(at('shared'))).to.throw(StateError, 'files of others');
    expect(modeOf(at('shared'))).to.equal(0o755);
  });

  it('does not follow a symbolic link', () => {
    mkdirSync(at('target'));
    symlinkSync(at('target'), at('link'));
    expect(() => prepareStateFolder(at('link'))).to.throw(StateError, 'symbolic link');
  });

  it('takes the link that systemd makes for a dynamic user', function () {
    // Only root can make what only root is trusted to have made.
    if (process.getuid?.() !== 0) return;
    mkdirSync(at('private', 'novita-spot'), { recursive: true });
    symlinkSync('private/novita-spot', at('novita-spot'));
    prepareStateFolder(at('novita-spot'));
    expect(modeOf(at('private', 'novita-spot'))).to.equal(0o700);
  });

  const unusable: readonly (readonly [string, (path: typeof at) => string, string])[] = [
    ['a file', (path) => path('file'), 'is not a folder'],
    ['a folder below a file', (path) => path('file', 'below'), 'below something that is not a folder'],
    ['a folder that the system does not allow', () => '/proc/novita-spot', 'cannot be used'],
  ];
  for (const [title, pathOf, message] of unusable) {
    it(`cannot use ${title}`, () => {
      writeFileSync(at('file'), '');
      expect(() => prepareStateFolder(pathOf(at))).to.throw(StateError, message);
    });
  }
});

describe('openStateFile', () => {
  const at = useTemporaryFolder();

  it('makes a file for this user alone', () => {
    closeSync(openStateFile(at('new'), 'append'));
    expect(modeOf(at('new'))).to.equal(0o600);
  });

  it('does not follow a symbolic link', () => {
    writeFileSync(at('target'), '');
    symlinkSync(at('target'), at('link'));
    expect(() => openStateFile(at('link'), 'append')).to.throw(StateError, 'symbolic link');
  });

  it('opens plain files only', () => {
    mkdirSync(at('folder'));
    expect(() => openStateFile(at('folder'), 'readWrite')).to.throw(StateError, 'is a folder');
    expect(() => openStateFile('/dev/null', 'append')).to.throw(StateError, 'not a plain file');
  });
});

describe('StateError', () => {
  it('names what it does not know by its code, or in its own words', () => {
    expect(StateError.of('/x', Object.assign(new Error('odd'), { code: 'EODD' })).message).to.equal(
      '/x cannot be used (EODD)',
    );
    expect(StateError.of('/x', new Error('odd')).message).to.include('odd');
  });
});
