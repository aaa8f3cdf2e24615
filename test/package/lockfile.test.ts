import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFolder } from '../../build/bundle.js';

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(projectFolder, name), 'utf8'));
}

describe('the lockfile', () => {
  const { packages } = readJson('package-lock.json') as { packages: Readonly<Record<string, Locked>> };
  const installed = Object.entries(packages).filter(([folder]) => folder !== '');

  it('fixes what every package is, and leaves open where it comes from', () => {
    expect(installed.length).to.be.at.least(100);
    for (const [folder, { integrity, resolved }] of installed) {
      expect(integrity, folder).to.match(/^sha512-/);
      expect(resolved, folder).to.equal(undefined);
    }
  });

  it('has no package that may run a script as it is installed', () => {
    const { allowScripts } = readJson('package.json') as { allowScripts: Readonly<Record<string, boolean>> };
    const withScript = installed
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([folder]) => folder.replace(/^.*node_modules\//, ''));
    const denied = Object.keys(allowScripts).filter((name) => allowScripts[name] === false);
    expect(denied).to.have.members(withScript);
    expect(Object.values(allowScripts)).to.not.include(true);
  });
});
