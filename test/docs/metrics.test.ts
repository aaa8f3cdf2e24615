import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { metricDefinitions } from '../../src/report/metrics/definitions.js';

describe('docs/metrics.md', () => {
  it('explains every metric as the program does', () => {
    const text = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const documented = text
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) =>
        line
          .slice(1, -1)
          .split('|')
          .map((cell) => cell.trim()),
      );
    const expected = Object.entries(metricDefinitions).map(([name, { type, labels, help }]) => [
      `\`${name}\``,
      type,
      labels.join(', '),
      help,
    ]);
    expect(documented).to.deep.equal(expected);
  });
});
