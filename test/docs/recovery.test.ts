import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { strategies } from '../../src/core/strategies.js';
import { namedRows } from '../support/documentTables.js';

describe('docs/recovery.md', () => {
  it('is the table of strategies', () => {
    const text = readFileSync(new URL('../../docs/recovery.md', import.meta.url), 'utf8');
    const expected = Object.entries(strategies).map(([kind, { thisRun, nextRuns, givenUp, told }]) => [
      ...[kind, thisRun, nextRuns, givenUp].map((word) => `\`${word}\``),
      told,
    ]);
    expect(namedRows(text)).to.deep.equal(expected);
  });
});
