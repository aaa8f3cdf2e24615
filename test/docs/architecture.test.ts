import { posix } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { cellsOf } from '../support/documentTables.js';
import { foldersOf, projectFiles, projectText } from '../support/projectFiles.js';

const [, house = ''] = projectText('docs/architecture.md').split('## The house\n');
const rows = (house.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));

/** What the document says each part of the project is, by its path, and which folders of src it imports. */
const described = new Map(
  rows.flatMap((row) => {
    const [paths = '', is = '', imports = ''] = cellsOf(row);
    return codesIn(paths).map((path) => [path, { is, imports: codesIn(imports) }] as const);
  }),
);

function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The part of src that a path belongs to: its folder, or the file itself. */
function partOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function importsOf(path: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(projectText(path), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => posix.join(posix.dirname(path), fileName));
}

const sources = projectFiles('src/');

describe('the house in docs/architecture.md', () => {
  it('has every folder of the project and every part of src', () => {
    const folders = [...foldersOf(projectFiles())].filter(
      (folder) => !/^\.|\//.test(folder) && folder !== 'src',
    );
    const parts = new Set(sources.map(partOf));
    // The documents need no description in a document.
    const expected = [...folders.filter((folder) => folder !== 'docs'), ...parts];
    expect([...described.keys()]).to.have.members(expected);
    for (const [path, { is }] of described) expect(is.length, path).to.be.above(10);
  });

  for (const part of new Set(sources.map(partOf))) {
    it(`says what ${part} imports`, () => {
      const imported = sources
        .filter((path) => partOf(path) === part)
        .flatMap(importsOf)
        .map(partOf)
        .filter((other) => other !== part && other.startsWith('src/'));
      expect(described.get(part)?.imports).to.have.members([...new Set(imported)]);
    });
  }
});
