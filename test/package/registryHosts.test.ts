import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFolder } from '../../build/bundle.js';

const registryHost = /\b(registry\.(npmjs|yarnpkg|npmmirror)|npm\.pkg\.github|npm\.jsr)\.[a-z]{2,}/i;

/** Git may be missing where the tests run, so its list of what not to look at has to do. */
function trackedFiles(folder = projectFolder): readonly string[] {
  const ignored = readFileSync(join(projectFolder, '.gitignore'), 'utf8').split('\n');
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    const isLookedAt = entry.isDirectory() && entry.name !== '.git' && !ignored.includes(`${entry.name}/`);
    return isLookedAt ? trackedFiles(path) : [];
  });
}

describe('package registries', () => {
  it('are named in no file, so that every installation may use its own', () => {
    const files = trackedFiles();
    expect(files).to.include.members([
      join(projectFolder, 'package-lock.json'),
      join(projectFolder, '.npmrc'),
    ]);
    const naming = files.filter((path) => registryHost.test(readFileSync(path, 'utf8')));
    expect(naming).to.deep.equal([]);
  });

  it('are recognised by their hosts', () => {
    const hosts = ['npmjs.org', 'yarnpkg.com'].map((host) => `https://registry.${host}/got`);
    for (const address of hosts) expect(address).to.match(registryHost);
    expect('image: registry/canary').to.not.match(registryHost);
  });
});
