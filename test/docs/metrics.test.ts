import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { metricDefinitions } from '../../src/report/metrics/definitions.js';
import { namedRows } from '../support/documentTables.js';

describe('docs/metrics.md', () => {
  it('explains every metric as the program does', () => {
    const text = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const expected = Object.entries(metricDefinitions).map(([name, { type, labels, help }]) => [
      `\`${name}\``,
      type,
      labels.join(', '),
      help,
    ]);
    expect(namedRows(text)).to.deep.equal(expected);
  });
});
