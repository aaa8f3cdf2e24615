import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { fallbackModes } from '../../src/core/fallback.js';
import { outcomes } from '../../src/core/outcome.js';
import { saveDataModes } from '../../src/core/saveData.js';
import { scenarioNames } from '../../src/sandbox/scenarioNames.js';
import { namedRows } from '../support/documentTables.js';

function namesIn(document: string): readonly (string | undefined)[] {
  const text = readFileSync(new URL(`../../docs/${document}`, import.meta.url), 'utf8');
  return namedRows(text).map(([name]) => name?.replaceAll('`', ''));
}

describe('the documents name', () => {
  it('every outcome', () => expect(namesIn('outcomes.md')).to.deep.equal(outcomes));

  it('every scenario of the sandbox', () => expect(namesIn('sandbox.md')).to.deep.equal(scenarioNames));

  it('every mode of keeping data', () => expect(namesIn('keeping-data.md')).to.deep.equal(saveDataModes));

  it('every fallback', () => {
    const text = readFileSync(new URL('../../docs/keeping-data.md', import.meta.url), 'utf8');
    for (const mode of fallbackModes) expect(text).to.include(`\`${mode}\``);
  });
});
