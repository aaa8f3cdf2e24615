import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Metafile } from 'esbuild';
import { bundle, projectFolder } from '../../build/bundle.js';
import { bundledPackages } from '../../build/bundledPackages.js';
import { thirdPartyLicenses } from '../../build/thirdPartyLicenses.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';

function metafileOf(...paths: readonly string[]): Metafile {
  const inputs = Object.fromEntries(paths.map((path) => [path, { bytesInOutput: 1 }]));
  return { inputs: {}, outputs: { 'dist/main.js': { bytes: 1, inputs, imports: [], exports: [] } } };
}

describe('the licences of bundled packages', () => {
  const at = useTemporaryFolder();

  function install(folder: string, manifest: object, files: Readonly<Record<string, string>> = {}): void {
    const all = { 'package.json': JSON.stringify(manifest), ...files };
    mkdirSync(at(folder), { recursive: true });
    for (const [name, text] of Object.entries(all)) writeFileSync(at(folder, name), text);
  }

  const one = { name: 'one', version: '1.0.0', license: 'MIT' };

  it('names each package once, by name, and the innermost of nested ones', () => {
    const nested = 'node_modules/one/node_modules/@scope/two';
    install('node_modules/one', one);
    install(nested, { name: '@scope/two', version: '2.0.0', license: 'ISC' });
    const metafile = metafileOf(
      'src/main.ts',
      'node_modules/one/a.js',
      'node_modules/one/lib/b.js',
      `${nested}/c.js`,
    );
    expect(bundledPackages(metafile, at())).to.deep.equal([
      { name: '@scope/two', version: '2.0.0', licence: 'ISC', folder: at(nested) },
      { name: 'one', version: '1.0.0', licence: 'MIT', folder: at('node_modules/one') },
    ]);
  });

  const incomplete = [
    ['a name', { version: '1.0.0', license: 'MIT' }],
    ['a version', { name: 'one', license: 'MIT' }],
    ['a licence', { name: 'one', version: '1.0.0' }],
  ] as const;
  for (const [title, manifest] of incomplete) {
    it(`refuses a package without ${title}`, () => {
      install('node_modules/one', manifest);
      expect(() => bundledPackages(metafileOf('node_modules/one/a.js'), at())).to.throw(
        /one\/package\.json lacks/,
      );
    });
  }

  const texts = [
    ['LICENSE', { LICENSE: 'Free.\n' }, 'Free.'],
    ['license with an ending', { 'license.md': 'Free.' }, 'Free.'],
    ['LICENCE, and a notice beside it', { LICENCE: 'Free.', 'NOTICE.txt': 'By me.' }, 'Free.\n\nBy me.'],
    ['lines of Windows', { COPYING: 'Free.\r\nAs air.\r\n' }, 'Free.\nAs air.'],
  ] as const;
  for (const [title, files, expected] of texts) {
    it(`takes over the text of ${title}`, () => {
      install('node_modules/one', one, files);
      const written = thirdPartyLicenses([{ ...one, licence: 'MIT', folder: at('node_modules/one') }]);
      const rule = '='.repeat(80);
      expect(written.split(`${rule}\none 1.0.0 (MIT)\n${rule}\n\n`)[1]).to.equal(`${expected}\n`);
    });
  }

  for (const [title, files] of [
    ['no text', { 'README.md': 'MIT' }],
    ['an empty text', { LICENSE: '\n' }],
  ] as const) {
    it(`refuses a package with ${title}`, () => {
      install('node_modules/one', one, files);
      const packages = [{ ...one, licence: 'MIT', folder: at('node_modules/one') }];
      expect(() => thirdPartyLicenses(packages)).to.throw('one 1.0.0 comes without the text of its licence');
    });
  }

  it('stand in dist, of every package whose code is there', async () => {
    const written = readFileSync(join(projectFolder, 'dist', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    const { metafile } = await bundle();
    const packages = bundledPackages(metafile, projectFolder);
    expect(packages.map(({ name }) => name)).to.include.members(['got', 'commander', '@sindresorhus/is']);
    for (const { name, version, licence } of packages)
      expect(written).to.include(`\n${name} ${version} (${licence})\n`);
  });
});
