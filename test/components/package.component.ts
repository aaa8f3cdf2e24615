import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectFolder } from '../../build/bundle.js';
import { execute } from '../support/execute.js';
import { firstSteps } from '../support/firstSteps.js';
import { startInParallel } from '../support/inParallel.js';

const runtimes = ['20', '22', '24', '26'];

/** Each brings some 50 MB. */
const installationsAtOnce = 2;

describe('the package, installed', function () {
  this.timeout(300_000);
  const base = mkdtempSync(join(tmpdir(), 'novita-spot-package-'));
  const programFolder = join(base, 'program');
  let pathOf: (runtime: string) => Promise<string>;

  /** @returns the folder of the runtime's `node` */
  async function installRuntime(runtime: string): Promise<string> {
    await install(join(base, `node-${runtime}`), `node@${runtime}`);
    return join(base, `node-${runtime}`, 'node_modules', '.bin');
  }

  /** Through the link that npm makes, with the runtime as the first `node` on the PATH. */
  async function run(runtime: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
    const environment = { PATH: `${await pathOf(runtime)}:/usr/bin:/bin`, HOME: join(base, 'home'), ...more };
    const program = join(programFolder, 'node_modules', '.bin', 'novita-spot');
    return execute(program, args, { folder: programFolder, environment });
  }

  before(async () => {
    pathOf = startInParallel(runtimes, installRuntime, installationsAtOnce);
    // The tests run on a build already, and one more would pull dist away under the others.
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', base];
    const { stdout } = await npm(projectFolder, args);
    const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[];
    await install(programFolder, join(base, packed?.filename ?? ''));
  });
  after(() => rmSync(base, { recursive: true, force: true }));

  for (const runtime of runtimes) {
    describe(`on Node ${runtime}`, () => {
      it('is run by that runtime', async () => {
        const environment = { PATH: await pathOf(runtime) };
        const { stdout } = await execute('/bin/sh', ['-c', 'node --version'], { folder: base, environment });
        expect(stdout).to.match(new RegExp(`^v${runtime}\\.`));
      });

      for (const { title, args, environment, code, prints } of firstSteps) {
        it(`exits with ${code}: ${title}`, async () => {
          const ended = await run(runtime, args, environment);
          expect(ended.code, ended.stderr).to.equal(code);
          expect(ended.stdout + ended.stderr).to.match(prints);
        });
      }

      it('prints no warning of the runtime', async () => {
        const { stderr } = await run(runtime, ['migrate', '--sandbox', '--quiet']);
        expect(stderr).to.equal('');
      });
    });
  }
});

async function install(folder: string, what: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  await npm(folder, ['install', '--no-save', '--no-audit', '--no-fund', '--no-package-lock', what]);
}

async function npm(folder: string, args: readonly string[]) {
  const ended = await execute('npm', args, { folder, environment: process.env });
  expect(ended.code, `npm ${args.join(' ')}: ${ended.stderr}`).to.equal(0);
  return ended;
}
