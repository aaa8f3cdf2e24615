import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { projectFolder } from '../../build/bundle.js';
import { execute } from '../support/execute.js';

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

const always = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'SECURITY.md',
  'bin/novita-spot.js',
  'bin/package.json',
  'crontab.example',
  'package.json',
];
const folders = ['dist', 'schemas', 'completions', 'man', 'docs', 'deploy'];

function filesIn(folder: string): readonly string[] {
  const path = join(projectFolder, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(projectFolder, join(entry.parentPath, entry.name)));
}

describe('the package', function () {
  this.timeout(60_000);
  let packed: Packed;
  before(async () => {
    // The tests run on a build already, and one more would pull dist away under the others.
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
    const { stdout, stderr } = await execute('npm', args, {
      folder: projectFolder,
      environment: process.env,
    });
    const [only] = JSON.parse(stdout) as readonly (Packed | undefined)[];
    if (only === undefined) throw new Error(stderr);
    packed = only;
  });

  it('holds what is needed, and nothing else', () => {
    const paths = packed.files.map(({ path }) => path);
    expect(paths).to.have.members([...always, ...folders.flatMap(filesIn)]);
    expect(paths).to.include.members(['dist/main.js', 'dist/THIRD-PARTY-LICENSES.txt']);
  });

  it('holds no source maps, types, tests or source', () => {
    const unneeded = packed.files.filter(({ path }) => /\.(map|ts)$|^(src|test|bench)\//.test(path));
    expect(unneeded).to.deep.equal([]);
  });

  it('holds a program that may be run', () => {
    const program = packed.files.find(({ path }) => path === 'bin/novita-spot.js');
    expect((program?.mode ?? 0) & 0o111).to.equal(0o111);
  });

  it('stays below 2 MB', () => expect(packed.unpackedSize).to.be.within(100_000, 2_000_000));
});
