import { expect } from 'chai';
import { brokenLinks } from '../support/brokenLinks.js';
import { readMarkdown, slugOf } from '../support/markdownDocument.js';
import { foldersOf, projectFiles, projectText } from '../support/projectFiles.js';

const files = projectFiles();

/** What names documents, and is read by people; the tests name made-up ones. */
const mentioning = files.filter(
  (path) =>
    /^(src|scripts|bin|build|bench|schemas|man|completions|deploy)\/|^(Dockerfile|crontab\.example)$/.test(
      path,
    ) &&
    !path.endsWith('.md') &&
    // The plan of a job is a document of its own.
    !path.startsWith('deploy/ci/'),
);

describe('the links in the documents', () => {
  it('all lead somewhere', () => {
    expect(brokenLinks({ files, read: projectText }, mentioning).join('\n')).to.equal('');
  });

  it('are those of every document', () => {
    const documents = files.filter((path) => path.endsWith('.md'));
    expect(documents).to.include.members(['README.md', 'CHANGELOG.md', 'bench/README.md', 'docs/errors.md']);
    expect(documents.flatMap((path) => readMarkdown(projectText(path)).links)).to.have.length.above(40);
  });
});

describe('the paths that the documents name', () => {
  const known = new Set([...files, ...foldersOf(files)]);
  const folders = [...foldersOf(files)].filter((path) => !path.includes('/'));
  const isPath = new RegExp(`^(${folders.map((name) => name.replace('.', '\\.')).join('|')})/[\\w./-]*$`);
  it('all exist', () => {
    const missing = files
      .filter((path) => path.endsWith('.md') && path !== 'CHANGELOG.md')
      .flatMap((path) =>
        readMarkdown(projectText(path))
          .codes.filter(({ target }) => isPath.test(target) && !known.has(target.replace(/\/$/, '')))
          .map(({ target, line }) => `${path}:${line}: ${target} does not exist`),
      );
    expect(missing.join('\n')).to.equal('');
  });
});

describe('the anchor of a heading', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['Exit codes', 'exit-codes'],
    ['POST /gpu/instance/migrate', 'post-gpuinstancemigrate'],
    ['`lock_held`', 'lock_held'],
    ['What is kept, and what is not', 'what-is-kept-and-what-is-not'],
    ['Un été à Zürich – 2026', 'un-été-à-zürich--2026'],
  ];
  for (const [heading, anchor] of cases) {
    it(`${heading} is #${anchor}`, () => {
      expect([...readMarkdown(`## ${heading}\n`).anchors]).to.deep.equal([anchor]);
    });
  }

  it('is counted where the same words stand twice', () => {
    const { anchors } = readMarkdown('# Fix\n\n## Fix\n\n### Fix\n\n# Fix-1\n');
    expect([...anchors]).to.deep.equal(['fix', 'fix-1', 'fix-2', 'fix-1-1']);
  });

  it('does not hold on to a link in the heading', () => {
    expect([...readMarkdown('## See [the list](list.md)\n').anchors]).to.deep.equal(['see-the-list']);
    expect(slugOf('See the list')).to.equal('see-the-list');
  });
});

describe('the checker of links', () => {
  const texts: Readonly<Record<string, string>> = {
    'README.md': [
      '# One',
      '[good](docs/two.md#two-words) [self](#one) [folder](docs/) [web](https://example.org/x) ![picture](p.png)',
      '[gone](docs/gone.md) [place](docs/two.md#nowhere) [own](#nowhere) ![lost](lost.png)',
      '',
      '- a',
      '- [out](../outside.md) [root](/docs/two.md) [file](file:///etc/hosts)',
      '- [own](https://github.com/someone/novita-spot/blob/main/docs/two.md)',
      '- [named][thing] `[not][a link]`',
      '',
      '| a |',
      '|---|',
      '| [cell](cell.md) |',
      '',
      '<a href="docs/html.md">x</a>',
      '',
      '```',
      '[in code](nothing.md)',
      '```',
    ].join('\n'),
    'docs/two.md': '## Two words\n\n[up](../README.md#one) [code](../src/a.ts) [code](../src/b.ts#L3)\n',
    'src/a.ts':
      "const help = 'See docs/two.md#two-words.';\nconst no = 'See docs/two.md#three and docs/four.md.';\n",
    'p.png': '',
  };
  const project = { files: Object.keys(texts), read: (path: string) => texts[path] ?? '' };

  it('names everything that is broken at once, and nothing else', () => {
    expect(brokenLinks(project, ['src/a.ts'])).to.deep.equal([
      'README.md:3: docs/gone.md does not exist',
      'README.md:3: docs/two.md#nowhere has no such heading',
      'README.md:3: #nowhere has no such heading',
      'README.md:3: lost.png does not exist',
      'README.md:6: ../outside.md does not exist',
      'README.md:6: /docs/two.md is absolute',
      'README.md:6: file:///etc/hosts is a file of one machine',
      'README.md:7: https://github.com/someone/novita-spot/blob/main/docs/two.md should be relative',
      'README.md:8: [named][thing] is not defined',
      'README.md:12: cell.md does not exist',
      'README.md:14: docs/html.md does not exist',
      'docs/two.md:3: ../src/b.ts#L3 does not exist',
      'src/a.ts:2: docs/two.md#three has no such heading',
      'src/a.ts:2: docs/four.md does not exist',
    ]);
  });
});
