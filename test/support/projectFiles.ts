import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What is made on a machine and no part of the project. */
const madeHere = new Set([
  'node_modules',
  'dist',
  'coverage',
  'reports',
  '.git',
  '.stryker-tmp',
  '__pycache__',
]);

/** Every file of the project, as a path from its root with slashes, in the order of the paths. */
export function projectFiles(folder = ''): readonly string[] {
  return readdirSync(`${project}${folder}`, { withFileTypes: true })
    .filter(({ name }) => !madeHere.has(name))
    .flatMap((entry) => {
      const path = `${folder}${entry.name}`;
      return entry.isDirectory() ? projectFiles(`${path}/`) : [path];
    })
    .sort();
}

/** The text of a file of the project. */
export function projectText(path: string): string {
  return readFileSync(`${project}${path}`, 'utf8');
}

/** Every folder that the files stand in. */
export function foldersOf(files: readonly string[]): ReadonlySet<string> {
  return new Set(
    files.flatMap((path) => {
      const parts = path.split('/').slice(0, -1);
      return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );
}
