import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { findingStates } from '../../src/core/accountHealth.js';
import { changeKinds } from '../../src/core/wouldChange.js';
import { namedRows } from '../support/documentTables.js';

function documentNamed(name: string): string {
  return readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
}

describe('the documents about check', () => {
  it('name everything that a monitoring system is told of, with its state', () => {
    const [, table = ''] = documentNamed('check.md').split('| found |');
    const documented = namedRows(table).map(([name, state]) => [name, state]);
    expect(documented).to.deep.equal(
      Object.entries(findingStates).map(([kind, state]) => [`\`${kind}\``, state]),
    );
  });

  it('name everything that would change a decision', () => {
    const [, section = ''] = documentNamed('report.md').split('| by | reasons |');
    const [table = ''] = section.split('\n## ');
    const kinds = [...table.matchAll(/^\| (\w+) \|/gm)].map(([, kind]) => kind);
    expect(kinds).to.deep.equal(changeKinds);
  });
});
