import { expect } from 'chai';
import { readMarkdown } from '../support/markdownDocument.js';
import { foldersOf, projectFiles, projectText } from '../support/projectFiles.js';

const files = projectFiles();
const documents = files.filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md');
const { scripts } = JSON.parse(projectText('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

describe('docs/testing.md', () => {
  it('says what is in each folder of tests', () => {
    const named = new Set(readMarkdown(projectText('docs/testing.md')).codes.map(({ target }) => target));
    const folders = [...foldersOf(files)].filter((folder) => /^test\/[^/]+$/.test(folder));
    expect(folders.filter((folder) => folder !== 'test/support' && !named.has(folder))).to.deep.equal([]);
  });
});

describe('the scripts of npm that the documents name', () => {
  it('all exist', () => {
    const missing = documents.flatMap((path) =>
      [...projectText(path).matchAll(/npm run (?:--silent )?([\w:]+)/g)]
        .filter(([, name = '']) => !(name in scripts))
        .map(([text]) => `${path}: ${text}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it('are all that a person would call', () => {
    const text = documents.map(projectText).join('\n');
    // What npm runs by itself before another one.
    const isHook = (name: string): boolean =>
      name.startsWith('pre') && (name.slice(3) in scripts || name === 'prepack');
    const unnamed = Object.keys(scripts).filter(
      (name) => !isHook(name) && !text.includes(`npm run ${name}`) && !text.includes(`npm ${name}`),
    );
    expect(unnamed).to.deep.equal([]);
  });
});
