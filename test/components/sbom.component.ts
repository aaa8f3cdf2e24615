import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { bundle, projectFolder } from '../../build/bundle.js';
import { bundledPackages } from '../../build/bundledPackages.js';
import { execute } from '../support/execute.js';

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly {
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly hashes: readonly { readonly alg: string; readonly content: string }[];
    readonly licenses: readonly unknown[];
  }[];
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly dev?: boolean }>>;
}

function readJson(...names: readonly string[]): unknown {
  return JSON.parse(readFileSync(join(projectFolder, ...names), 'utf8'));
}

describe('the SBOM', function () {
  this.timeout(60_000);
  let sbom: Sbom;
  let named: readonly string[];
  before(async () => {
    rmSync(join(projectFolder, 'reports', 'sbom.cdx.json'), { force: true });
    const { code, stderr } = await execute('npm', ['run', 'sbom'], {
      folder: projectFolder,
      environment: process.env,
    });
    expect(code, stderr).to.equal(0);
    sbom = readJson('reports', 'sbom.cdx.json') as Sbom;
    named = sbom.components.map(({ name, version }) => `${name}@${version}`);
  });

  it('is a CycloneDX document about this version', () => {
    const { name, version } = readJson('package.json') as { name: string; version: string };
    expect(sbom).to.include({ bomFormat: 'CycloneDX' });
    expect(sbom.specVersion).to.match(/^1\.\d$/);
    expect(sbom.metadata.component).to.include({ name, version });
  });

  it('names every package whose code is in the bundle', async () => {
    const { metafile } = await bundle();
    const bundled = bundledPackages(metafile, projectFolder).map(({ name, version }) => `${name}@${version}`);
    expect(bundled.length).to.be.at.least(20);
    expect(named).to.include.members(bundled);
  });

  it('names no package that is there for development only', () => {
    const { packages } = readJson('package-lock.json') as Lockfile;
    const namesOf = (entries: readonly [string, { readonly version?: string }][]): readonly string[] =>
      entries.map(([folder, { version }]) => `${folder.replace(/^.*node_modules\//, '')}@${version ?? ''}`);
    const entries = Object.entries(packages);
    // The same version may lie in two places, for either purpose.
    const inUse = namesOf(entries.filter(([, { dev }]) => dev !== true));
    const forDevelopment = namesOf(entries.filter(([, { dev }]) => dev === true)).filter(
      (name) => !inUse.includes(name),
    );
    expect(forDevelopment.length).to.be.at.least(100);
    expect(named.filter((name) => forDevelopment.includes(name))).to.deep.equal([]);
    expect(named.filter((name) => name.startsWith('typescript@'))).to.deep.equal([]);
  });

  it('says of every package what it is, under which licence and with which hash', () => {
    for (const { name, version, purl, hashes, licenses } of sbom.components) {
      expect(purl).to.equal(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      expect(hashes, purl).to.have.lengthOf(1);
      expect(hashes[0], purl).to.include({ alg: 'SHA-512' });
      expect(licenses, purl).to.have.lengthOf(1);
    }
  });
});
