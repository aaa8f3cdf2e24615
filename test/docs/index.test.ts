import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';

const folder = new URL('../../docs/', import.meta.url);

describe('docs/README.md', () => {
  it('has one line for each document', () => {
    const documents = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');
    const lines =
      readFileSync(new URL('README.md', folder), 'utf8').match(/^\| \[([\w-]+\.md)\]\(\1\) \|/gm) ?? [];
    const named = lines.map((line) => /[\w-]+\.md/.exec(line)?.[0]);
    expect(named).to.have.members(documents);
  });
});
