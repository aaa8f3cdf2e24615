import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect } from 'chai';
import { bundledScript } from '../support/bundledScript.js';
import { execute } from '../support/execute.js';
import { useTemporaryFolder } from './temporaryFolder.js';

describe('the code cache', () => {
  const at = useTemporaryFolder();
  const cached = (): string => at('cache', 'greeting.js.code');

  let script: string;
  before(() => {
    script = bundledScript(new URL('./codeCacheUser.ts', import.meta.url));
  });

  async function load(
    cacheFolder = at('cache'),
    userId: readonly string[] = [],
    nodeOptions: readonly string[] = [],
  ): Promise<string> {
    const { code, stdout, stderr } = await execute(
      process.execPath,
      [...nodeOptions, script, at('greeting.js'), cacheFolder, ...userId],
      {
        folder: at(),
        environment: {},
      },
    );
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    return stdout;
  }

  function writeCode(word: string): void {
    const code = [
      `const { word } = require('./word.js');`,
      `module.exports = word + ' ' + require('node:path').basename(__filename) + ' ' + module.id.endsWith('greeting.js');`,
    ];
    writeFileSync(at('greeting.js'), code.join('\n'));
    writeFileSync(at('word.js'), `exports.word = (() => '${word}')();`);
  }

  function withOtherByte(bytes: Buffer, place: number): Buffer {
    bytes.writeUInt8(bytes.readUInt8(place) ^ 1, place);
    return bytes;
  }

  /** Whole, but not of the version that V8's own header names. */
  function ofAnotherV8(bytes: Buffer): Buffer {
    const other = withOtherByte(bytes, 12);
    other.writeUInt32LE(crc32(other.subarray(8)), 4);
    return other;
  }

  /** A file that is replaced is another one. */
  const identity = (): number => statSync(cached()).ino;

  it('runs a file as node does, and keeps what was made of it for this user alone', async () => {
    writeCode('hello');
    expect(await load()).to.equal('hello greeting.js true');
    expect(readdirSync(at('cache')).sort()).to.deep.equal(['greeting.js.code', 'word.js.code']);
    expect(statSync(at('cache')).mode & 0o777).to.equal(0o700);
    expect(statSync(cached()).mode & 0o777).to.equal(0o600);
  });

  it('is used by the next start', async () => {
    writeCode('hello');
    await load();
    const before = identity();
    expect(await load()).to.equal('hello greeting.js true');
    expect(identity()).to.equal(before);
  });

  it('is not used for another text of the same length', async () => {
    writeCode('hello');
    await load();
    writeCode('howdy');
    expect(await load()).to.equal('howdy greeting.js true');
    expect(await load()).to.equal('howdy greeting.js true');
  });

  const unusable: readonly (readonly [string, () => void])[] = [
    ['is empty', () => writeFileSync(cached(), '')],
    ['was cut off', () => writeFileSync(cached(), readFileSync(cached()).subarray(0, -1))],
    ['has changed in one byte', () => writeFileSync(cached(), withOtherByte(readFileSync(cached()), 200))],
    ['is what V8 refuses', () => writeFileSync(cached(), ofAnotherV8(readFileSync(cached())))],
    ['its group may write to', () => chmodSync(cached(), 0o620)],
    ['others may write to', () => chmodSync(cached(), 0o602)],
    [
      'is a link to elsewhere',
      () => {
        renameSync(cached(), at('elsewhere'));
        symlinkSync(at('elsewhere'), cached());
      },
    ],
    [
      'is a pipe',
      () => {
        rmSync(cached());
        execFileSync('mkfifo', [cached()]);
      },
    ],
  ];
  for (const [title, spoil] of unusable) {
    it(`is made anew when there is one that ${title}`, async () => {
      writeCode('hello');
      await load();
      spoil();
      const before = lstatSync(cached()).ino;
      expect(await load()).to.equal('hello greeting.js true');
      expect(lstatSync(cached()).isFile()).to.equal(true);
      expect(identity()).to.not.equal(before);
      expect(statSync(cached()).mode & 0o777).to.equal(0o600);
    });
  }

  it('is not used when it belongs to somebody else', async () => {
    writeCode('hello');
    await load();
    const before = identity();
    expect(await load(at('cache'), ['4711'])).to.equal('hello greeting.js true');
    expect(identity()).to.not.equal(before);
  });

  it('is done without where it cannot be kept', async () => {
    writeCode('hello');
    writeFileSync(at('file'), '');
    expect(await load(at('file', 'cache'))).to.equal('hello greeting.js true');
    mkdirSync(at('cache', 'greeting.js.code'), { recursive: true });
    expect(await load()).to.equal('hello greeting.js true');
    expect(readdirSync(at('cache'))).to.deep.equal(['greeting.js.code']);
  });

  it('is not used by a node without the checksum', async () => {
    writeCode('hello');
    await load();
    writeFileSync(at('older.cjs'), `delete require('node:zlib').crc32;`);
    expect(await load(at('cache'), [], ['--require', at('older.cjs')])).to.equal('hello greeting.js true');
  });

  it('leaves files of other folders to node', async () => {
    writeCode('hello');
    mkdirSync(at('other'));
    writeFileSync(at('other', 'elsewhere.js'), `exports.word = 'other';`);
    writeFileSync(at('word.js'), `module.exports = require('./other/elsewhere.js');`);
    expect(await load()).to.equal('other greeting.js true');
    expect(readdirSync(at('cache'))).to.have.members(['greeting.js.code', 'word.js.code']);
  });
});
