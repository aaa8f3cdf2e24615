import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CopyStep, readStages, type Stage } from './dockerfile.js';

const project = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Lays out the root folder of the container image as the Dockerfile says, in `folder`. Instead of `npm ci` it takes
 * the packages that are installed here, and in place of its base image the node of this machine with its libraries.
 *
 * @returns the root folder
 */
export function makeImageRoot(folder: string): string {
  const [build, final] = readStages().stages;
  if (!build || !final) throw new Error('The Dockerfile has not two stages.');
  const buildRoot = join(folder, 'build-stage');
  copyAll(build, () => project, buildRoot);
  runAll(build, buildRoot);
  const root = join(folder, 'root');
  copyAll(final, () => buildRoot, root);
  putNode(root);
  return root;
}

function copyAll(stage: Stage, rootOf: (step: CopyStep) => string, root: string): void {
  for (const step of stage.copies) {
    for (const source of step.sources) {
      const name = step.destination.endsWith('/') ? basename(source) : '';
      copy(join(rootOf(step), source), join(root, step.destination, name));
    }
  }
}

function runAll(stage: Stage, root: string): void {
  const cwd = join(root, stage.workingDirectory);
  symlinkSync(join(project, 'node_modules'), join(cwd, 'node_modules'));
  for (const line of stage.runs.filter((run) => !run.startsWith('npm ci ')))
    execFileSync('/bin/sh', ['-c', line], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

function putNode(root: string): void {
  const node = realpathSync(process.execPath);
  const libraries = execFileSync('ldd', [node], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  copy(node, join(root, 'nodejs/bin/node'));
  for (const library of libraries) copy(realpathSync(library), join(root, library));
}

/** With the modes of the files and folders, as COPY does it and cpSync, from Node 24 on, does not. */
function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  execFileSync('cp', ['--recursive', '--no-target-directory', '--preserve=mode', from, to]);
}
