import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { readPlainFile } from '../../src/runtime/plainFile.js';
import { useTemporaryFolder } from './temporaryFolder.js';

describe('readPlainFile', () => {
  const at = useTemporaryFolder();
  const codeOf = (path: string): unknown => {
    try {
      return readPlainFile(path);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code;
    }
  };

  it('reads a file, also through a link, as Kubernetes mounts secrets', () => {
    writeFileSync(at('key'), 'text');
    symlinkSync(at('key'), at('link'));
    expect(readPlainFile(at('key'))).to.equal('text');
    expect(readPlainFile(at('link'))).to.equal('text');
  });

  it('does not wait for a pipe', () => {
    execFileSync('mkfifo', [at('pipe')]);
    expect(codeOf(at('pipe'))).to.equal('ENOTPLAIN');
  });

  it('does not read a device that never ends', () => expect(codeOf('/dev/zero')).to.equal('ENOTPLAIN'));

  it('does not read what is far too large', () => {
    writeFileSync(at('large'), Buffer.alloc(1024 * 1024 + 1, 'a'));
    expect(codeOf(at('large'))).to.equal('EFBIG');
    writeFileSync(at('largest'), Buffer.alloc(1024 * 1024, 'a'));
    expect(readPlainFile(at('largest'))).to.have.length(1024 * 1024);
  });

  it('says what else is wrong', () => {
    mkdirSync(at('folder'));
    expect(codeOf(at('folder'))).to.equal('EISDIR');
    expect(codeOf(at('missing'))).to.equal('ENOENT');
  });
});
