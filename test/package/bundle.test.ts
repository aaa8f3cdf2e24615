import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { bundle, projectFolder, type Bundle } from '../../build/bundle.js';
import { bundledFiles, bundledPackages } from '../../build/bundledPackages.js';
import { useTemporaryFolder } from '../runtime/temporaryFolder.js';
import { execute } from '../support/execute.js';
import { firstSteps } from '../support/firstSteps.js';

describe('the bundle', () => {
  const at = useTemporaryFolder();
  let fresh: Bundle;
  before(async () => {
    fresh = await bundle();
  });

  function runAlone(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { PATH: '/usr/bin:/bin', HOME: at('home'), ...environment };
    return execute(process.execPath, ['--', at('bin', 'novita-spot.js'), ...args], {
      folder: at(),
      environment: env,
    });
  }

  for (const { title, args, environment, code, prints } of firstSteps) {
    it(`needs nothing but bin, dist and package.json: ${title}`, async () => {
      for (const name of ['bin', 'dist', 'package.json'])
        cpSync(join(projectFolder, name), at(name), { recursive: true });
      const ended = await runAlone(args, environment);
      expect(ended.code, ended.stderr).to.equal(code);
      expect(ended.stdout + ended.stderr).to.match(prints);
    });
  }

  it('reads each file only when it is needed', async () => {
    const copy = (...names: readonly string[]): void => {
      for (const name of names) cpSync(join(projectFolder, name), at(name), { recursive: true });
    };
    copy('bin', 'package.json', 'dist/package.json', 'dist/main.js');
    expect((await runAlone(['--version'])).code).to.equal(0);
    expect((await runAlone(['--help'])).code, 'without the command line').to.equal(1);
    copy('dist/cli-program.js');
    expect((await runAlone(['--help'])).code).to.equal(0);
    expect((await runAlone(['list', '--sandbox'])).code, 'without the commands').to.equal(1);
  });

  it('keeps what was made of it for the next start where the user has a cache folder, and nowhere else', async () => {
    for (const name of ['bin', 'dist', 'package.json'])
      cpSync(join(projectFolder, name), at(name), { recursive: true });
    const help = () => runAlone(['--help'], { HOME: at('home') });
    mkdirSync(at('home'), { mode: 0o700 });
    const first = await help();
    expect(readdirSync(at('home'))).to.deep.equal([]);
    mkdirSync(at('home', '.cache'), { mode: 0o700 });
    expect(await help()).to.deep.equal(first);
    expect(readdirSync(at('home', '.cache', 'novita-spot'))).to.not.deep.equal([]);
    expect(await help()).to.deep.equal(first);
  });

  it('measures text for a terminal only when something is to be shown there', () => {
    const inputs = Object.keys(fresh.metafile.outputs['dist/composition-runCommand.js']?.inputs ?? {});
    expect(inputs).to.include('src/composition/performRun.ts');
    expect(inputs.filter((path) => /\/(string-width|get-east-asian-width)\//.test(path))).to.deep.equal([]);
  });

  it('lets no value cross from one file to another that is told by its class', () => {
    // A class that is in several files is another one in each.
    const files = Object.values(fresh.metafile.outputs).map(({ inputs }) => Object.keys(inputs));
    const classes = ['src/core/providerError.ts', 'src/config/configError.ts', 'src/runtime/stateError.ts'];
    for (const path of classes) {
      const holders = files.filter((inputs) => inputs.includes(path));
      const roots = holders.filter((inputs) =>
        inputs.some((input) => /^src\/composition\/run\w+\.ts$/.test(input)),
      );
      expect(holders.length, path).to.be.at.least(1);
      expect(roots, `only whole commands hold ${path}`).to.have.length(holders.length);
    }
  });

  it('comes out the same of the same source, and dist holds it', () => {
    const built = readdirSync(join(projectFolder, 'dist')).filter((name) => name.endsWith('.js'));

    expect(fresh.outputFiles.map(({ path }) => path)).to.have.members(
      built.map((name) => join(projectFolder, 'dist', name)),
    );
    for (const { path, text } of fresh.outputFiles)
      expect(text === readFileSync(path, 'utf8'), `${path} is what the source gives`).to.equal(true);
  });

  it('holds the source and packages that are dependencies, and none for development', () => {
    const lockPath = join(projectFolder, 'package-lock.json');
    const lock = JSON.parse(readFileSync(lockPath, 'utf8')) as {
      packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
    };
    const folders = bundledPackages(fresh.metafile, projectFolder).map(({ folder }) => folder);
    expect(folders.length).to.be.at.least(10);
    for (const folder of folders) {
      const locked = lock.packages[folder.slice(projectFolder.length)];
      expect(locked, folder).to.be.an('object').that.does.not.have.any.keys('dev', 'devOptional');
    }
    const other = bundledFiles(fresh.metafile).filter((path) => !/^(src|node_modules)\//.test(path));
    expect(
      other.every((path) => path.startsWith('left-out:')),
      other.join(', '),
    ).to.equal(true);
  });
});
