/**
 * Writes a CycloneDX list of what a user installs into reports/sbom.cdx.json.
 *
 * `npm sbom --omit dev` leaves out every package that a package for development needs as well, so it is asked
 * about a copy of the manifest and the lockfile in which there are none. Peers are left out because npm 10 keeps
 * optional ones that nobody installs.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from './bundle.js';

const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
  readonly name: string;
};
const temporary = mkdtempSync(join(tmpdir(), 'novita-spot-sbom-'));
try {
  // npm names the whole after its folder.
  const folder = join(temporary, manifest.name);
  mkdirSync(folder);
  const manifestOfUsers = { ...manifest, devDependencies: {}, scripts: {} };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifestOfUsers));
  for (const name of ['package-lock.json', '.npmrc']) cpSync(join(projectFolder, name), join(folder, name));

  const npm = (...args: readonly string[]) => execFileSync('npm', args, { cwd: folder, encoding: 'utf8' });
  npm('install', '--package-lock-only', '--offline', '--ignore-scripts', '--no-audit', '--no-fund');
  const form = ['--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  const sbom = npm('sbom', '--omit', 'dev', '--omit', 'peer', '--package-lock-only', ...form);

  mkdirSync(join(projectFolder, 'reports'), { recursive: true });
  writeFileSync(join(projectFolder, 'reports', 'sbom.cdx.json'), sbom);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
